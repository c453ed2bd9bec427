"""Asks the system whether the network is paid by volume."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtNetwork import QNetworkInformation


def network_information() -> QNetworkInformation | None:
    """Return what tells whether the network is metered; None on a system that cannot tell. Needs an application."""
    if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Metered):
        return None
    return QNetworkInformation.instance()


def is_connected(reachability: QNetworkInformation.Reachability) -> bool:
    """Return whether there is a network of any kind: head office may stand in that of the house."""
    return reachability not in {
        QNetworkInformation.Reachability.Unknown,
        QNetworkInformation.Reachability.Disconnected,
    }


def is_metered() -> bool:
    """Return whether the system says that the network is paid by volume; works without a window too."""
    if QCoreApplication.instance() is not None:
        return _asked()
    application = QCoreApplication([])
    try:
        return _asked()
    finally:
        application.shutdown()  # whoever comes next may want one with windows


def _asked() -> bool:
    information = network_information()
    return information is not None and information.isMetered()
