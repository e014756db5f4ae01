package co.stopcovid.standalone.manage;

import io.javalin.http.HandlerType;

/** How the API is asked: of a running service, or in this process on the service's database. */
interface ApiLine extends AutoCloseable {
  /**
   * An answer.
   *
   * @param body empty when there is none
   */
  record Said(int status, String body) {}

  /**
   * Asks.
   *
   * @param path below the base of the API, with its query
   * @param body in JSON; empty for none
   * @throws LineTroubleException when there is no answer of the API; the message says what to do
   */
  Said ask(HandlerType method, String path, String body);

  @Override
  void close();
}
