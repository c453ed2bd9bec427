"""`zoufang check`: read every page of the store and every photo, and count the rows."""

import argparse

import sqlite_utils
from sqlalchemy import select

from app.bootstrap.application import Application
from app.cli.output import ExitCode, Output
from app.models.visit import Photo
from app.storage.database import connect
from app.storage.photo_files import PhotoFiles
from app.storage.store import check_file


def run(arguments: argparse.Namespace, application: Application, output: Output) -> int:
    """Check the store; raises TroubleError with STORE_DAMAGED where a page is bad."""
    del arguments
    check_file(application.folder.store, application.database.key)  # damage found here is dealt with by opened_store
    with application.database.read() as session:
        names = list(session.scalars(select(Photo.sha256).where(Photo.deleted_at.is_(None))))
    bad = PhotoFiles(application.folder.photos, application.database.key).missing_or_changed(names)
    rows = _count_rows(application)
    output.result(
        {"data_dir": application.folder.root, "store": "ok", "photos": len(names), "photos_bad": bad, "rows": rows},
        [
            output.say("数据库完好", "The store is whole"),
            *(f"  {name}: {count}" for name, count in rows.items()),
            output.say(
                f"照片 {len(names)} 张，缺失或被改动 {len(bad)}", f"{len(names)} photos, {len(bad)} missing or changed"
            ),
        ],
    )
    for name in bad:
        output.problem(output.say(f"照片缺失或被改动：{name}", f"photo missing or changed: {name}"))
    return ExitCode.STORE_DAMAGED if bad else ExitCode.DONE


def _count_rows(application: Application) -> dict[str, int]:
    connection = connect(application.folder.store, application.database.key)
    try:
        database = sqlite_utils.Database(connection)
        return {
            table.name: table.count
            for table in database.tables
            if "_search" not in table.name and not table.name.startswith(("sqlite_", "alembic"))
        }
    finally:
        connection.close()
