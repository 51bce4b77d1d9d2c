package theater.laptop.controllers;

/// What the controllers show of the cluster itself.
///
/// @param rootPem the root certificate that every namespace has; empty for none
/// @param apiServerPort where the Service `kubernetes` leads; 0 for no such Service
public record Published(String rootPem, int apiServerPort) {}
