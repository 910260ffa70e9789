@echo off
rem The tests, in the environment of the stack FCNN_STACK names (pinned, if unset): scripts\test [PYTEST ARGUMENT...]
setlocal
set "here=%~dp0"
cd /d "%here%.."
rem -I: not the working folder's modules.
set "FCNN_RUN=-I -m pytest"
rem Without an argument all of them, in several processes.
if "%~1"=="" set "FCNN_RUN=-I -m pytest -n auto --maxprocesses 4 --dist loadfile"
call "%here%fcnn.cmd" %*
exit /b %ERRORLEVEL%
