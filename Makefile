# Thin names for tasks.py, which does the work with nothing but Python.
PYTHON ?= python3

.PHONY: demo test check bench setup
demo test check bench setup:
	@$(PYTHON) tasks.py $@ $(ARGS)
