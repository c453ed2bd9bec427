# Thin names for tasks.py, which does the work with nothing but Python 3.11 or later.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; echo python3)

.PHONY: demo test check bench bench-sync bench-forecast bench-orders bench-assortment bench-plan bench-routing soak setup
demo test check bench bench-sync bench-forecast bench-orders bench-assortment bench-plan soak setup:
	@$(PYTHON) tasks.py $@ $(ARGS)

# make bench-routing DIR=folder: a folder of VRPLIB problems with their solutions; without DIR drawn days.
bench-routing:
	@$(PYTHON) tasks.py $@ $(if $(DIR),--dir "$(DIR)") $(ARGS)
