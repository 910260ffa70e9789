# Sourced by fcnn, test and lint, with $root set: runs Python in an environment (POSIX sh, no bashisms).

# in_stack ARGUMENT... becomes the Python of the stack FCNN_STACK names; `fcnn` as the first argument is fcnn itself.
# Where the stamp equals what the environment is made from, nothing else is started; else bootstrap.py has to work.
in_stack() {
    unset PYTHONHOME PYTHONPATH # another Python's modules have no place in the environment
    stack=${FCNN_STACK:-pinned}
    if [ -z "${FCNN_STACK:-}${FCNN_PYTHON:-}" ] && [ ! -x "$root/.venv-pinned/bin/python" ] &&
        [ -e "$root/.venv-current/default" ]; then
        stack=current # no Python 3.8 could be had; FCNN_PYTHON, FCNN_STACK or a changed lock make it search again
    fi
    venv=$root/.venv-$stack
    if [ -x "$venv/bin/python" ] && stamped; then
        if [ "$1" = fcnn ]; then
            shift
            set -- "$venv/bin/fcnn" "$@"
        fi
        exec "$venv/bin/python" "$@"
    fi
    bootstrap stack "$@"
}

stamped() {
    for file in scripts/bootstrap.py requirements-build.lock requirements.lock requirements-test.lock; do
        cmp -s "$root/$file" "$venv/stamp/${file##*/}" || return 1
    done
}

# bootstrap ENVIRONMENT ARGUMENT... becomes bootstrap.py, by any Python that really runs (a pyenv shim may not).
bootstrap() {
    for python in "${FCNN_PYTHON:-}" python3 python python3.13 python3.12 python3.11 python3.10 python3.9 python3.8 \
        python3.7 python3.6; do
        if [ -n "$python" ] && "$python" -I -c 'import sys; sys.exit(sys.version_info < (3, 6))' 2>/dev/null; then
            exec "$python" "$root/scripts/bootstrap.py" "$@"
        fi
    done
    echo "fcnn: no Python was found; install one with pip and venv, or name it in FCNN_PYTHON." >&2
    exit 3
}
