@echo off
rem fcnn in the environment of its stack, which is made on first use: scripts\fcnn train configs\iris.yaml
rem FCNN_STACK, FCNN_PYTHON, FCNN_WHEELS, FCNN_VERBOSE: see bootstrap.py. (FCNN_RUN is test.cmd's.)
setlocal EnableExtensions DisableDelayedExpansion
for %%I in ("%~dp0..") do set "root=%%~fI"
rem Another Python's modules have no place in the environment.
set "PYTHONHOME="
set "PYTHONPATH="

set "stack=%FCNN_STACK%"
if defined stack goto chosen
set "stack=pinned"
if exist "%root%\.venv-pinned\Scripts\python.exe" goto chosen
if defined FCNN_PYTHON goto chosen
rem Where no Python 3.8 could be had; FCNN_PYTHON, FCNN_STACK or a changed lock make it search again.
if exist "%root%\.venv-current\default" set "stack=current"

:chosen
rem Where the stamp equals what the environment is made from, bootstrap.py is not needed.
set "venv=%root%\.venv-%stack%"
if not exist "%venv%\Scripts\python.exe" goto bootstrap
for %%F in (scripts\bootstrap.py requirements-build.lock requirements.lock requirements-test.lock) do (
    fc /b "%root%\%%F" "%venv%\stamp\%%~nxF" >nul 2>&1
    if errorlevel 1 goto bootstrap
)
if defined FCNN_RUN goto run
"%venv%\Scripts\python.exe" "%venv%\Scripts\fcnn" %*
goto ran
:run
"%venv%\Scripts\python.exe" %FCNN_RUN% %*
:ran
rem 103: the Python underneath the environment is gone, so nothing has run yet.
if not %ERRORLEVEL% equ 103 exit /b %ERRORLEVEL%

:bootstrap
rem py is Python's own launcher; the python.exe of a bare Windows only opens a shop, and fails here.
set "python="
if defined FCNN_PYTHON call :try "%FCNN_PYTHON%"
for %%P in ("py.exe -3" "python.exe" "python3.exe") do if not defined python call :try %%~P
if not defined python (
    echo fcnn: no Python was found; install one, or name it in FCNN_PYTHON.>&2
    exit /b 3
)
if not defined FCNN_RUN set "FCNN_RUN=fcnn"
%python% "%root%\scripts\bootstrap.py" stack %FCNN_RUN% %*
exit /b %ERRORLEVEL%

:try
%* -I -c "import sys; sys.exit(sys.version_info < (3, 6))" >nul 2>&1
if %ERRORLEVEL% equ 0 set python=%*
exit /b 0
