"""Asks the system whether the network is paid by volume."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QNetworkInformation


def network_information() -> QNetworkInformation | None:
    """Return what tells whether the network is metered; None on a system that cannot tell. Needs an application."""
    if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Metered):
        return None
    return QNetworkInformation.instance()


def is_metered() -> bool:
    """Return whether the system says that the network is paid by volume; works without a window too."""
    # It has to live while the system is asked, and there is none yet where a command asks.
    application = QCoreApplication.instance() or QCoreApplication([])
    information = network_information()
    metered = information is not None and information.isMetered()
    del application
    return metered
