"""`zoufang search`: find customers and products as the search box does."""

import argparse

from app.bootstrap.application import Application
from app.cli.output import CommandError, ExitCode, Output
from app.domain.text import Text
from app.services.search_hits import CustomerHit, ProductHit

_SHOWN = 20


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Print the best hits of both groups; licence and phone stay masked."""
    if not arguments.text.strip():
        raise CommandError(Text("要查什么？请给出要查的文字", "Nothing to search for: give a text"))
    results = application.search.find(arguments.text, _SHOWN)
    lines = [output.say(f"客户 {results.customer_count}", f"Customers {results.customer_count}")]
    lines += [_customer_line(hit) for hit in results.customers]
    lines.append(output.say(f"品规 {results.product_count}", f"Products {results.product_count}"))
    lines += [_product_line(hit) for hit in results.products]
    output.result(
        {
            "text": results.text,
            "customers": [_record(hit) | {"class": hit.class_code} for hit in results.customers],
            "customer_count": results.customer_count,
            "more_customers": results.more_customers,
            "products": [_record(hit) | {"price_class": hit.price_class} for hit in results.products],
            "product_count": results.product_count,
            "more_products": results.more_products,
        },
        lines,
    )
    return ExitCode.DONE


def _customer_line(hit: CustomerHit) -> str:
    return "  ".join(part for part in (hit.code.text, hit.name.text, hit.class_code, hit.detail.text) if part)


def _product_line(hit: ProductHit) -> str:
    return "  ".join(part for part in (hit.code.text, hit.name.text, hit.detail.text) if part)


def _record(hit: CustomerHit | ProductHit) -> dict[str, object]:
    return {
        "code": hit.code.text,
        "name": hit.name.text,
        "name_marks": hit.name.ranges,
        "where": hit.where,
        "detail": hit.detail.text,
    }
