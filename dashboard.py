"""The application: `streamlit run dashboard.py`."""

import streamlit as st

from lib.ui import server

# Streamlit finds the application by reading this file: the assignment must stand here as it is.
app = st.App(
    "lib/ui/frame.py",
    lifespan=server.lifespan,
    routes=server.routes(),
    middleware=server.middleware(),
    on_script_error=server.on_script_error,
)
