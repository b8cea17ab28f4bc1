"""From the tables of a document to a draft plan: structure, anomalies, choices, differences. Pure: no Django."""
