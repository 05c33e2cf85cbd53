"""Who reaches whom: proxies, ports and health checks."""
