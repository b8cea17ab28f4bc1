"""The accounts of the demo city, as `make run` prints them."""

DEMO_PASSWORD = "senne-demo-2026"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
DEMO_ACCOUNTS = (
    ("coordination@senne.example.org", "climate coordination: everything"),
    ("head@senne.example.org", "head of the public buildings department"),
    ("owner@senne.example.org", "owner of actions in public buildings"),
    ("contributor@senne.example.org", "contributor in public buildings"),
    ("body@senne.example.org", "manager of a para-municipal body (the welfare centre)"),
    ("specialist@senne.example.org", "carbon specialist"),
    ("reader@senne.example.org", "council member: reads"),
)
