package co.stopcovid.standalone.console;

/**
 * A way to a page of the console.
 *
 * @param path from the root of the service
 */
public record Link(String title, String path) {}
