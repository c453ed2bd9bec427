"""`zoufang summary CUSTOMER --date D --out FILE.pdf`: the customer's sheet as a PDF."""

import argparse

from app.bootstrap.application import Application
from app.cli.output import ExitCode, Output
from app.reports.customer_pdf import write_customer_pdf
from app.reports.fitting import fitted
from app.reports.never_printed import withheld


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Write the PDF; texts that may not stand on it are left out and told on stderr."""
    customer_id = application.customers.id_of(arguments.customer)
    summary = fitted(application.summaries.summary(customer_id, application.clock.today(), output.language))
    write_customer_pdf(summary, arguments.out)
    left_out = withheld(summary)
    for text in left_out:
        output.problem(output.say(f"未印出：{text}", f"left out: {text}"))
    output.result(
        {
            "customer": summary.code,
            "date": summary.visit_date,
            "file": arguments.out,
            "bytes": arguments.out.stat().st_size,
            "withheld": len(left_out),
        },
        [output.say(f"{summary.shop_name}：{arguments.out}", f"{summary.shop_name}: {arguments.out}")],
    )
    return ExitCode.DONE
