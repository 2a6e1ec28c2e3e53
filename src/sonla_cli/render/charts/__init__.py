"""Pictures: what is drawn (`picture`), with Altair (`draw`), and on a terminal (`terminal`)."""
