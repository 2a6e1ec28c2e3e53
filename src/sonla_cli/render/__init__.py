"""`Report` → text or bytes: one module per form, each with `render(report, …)`; none reads a source."""
