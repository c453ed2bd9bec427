"""The frame around the pages: window, navigation, status, start-up."""
