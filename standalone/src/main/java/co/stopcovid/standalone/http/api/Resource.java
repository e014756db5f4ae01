package co.stopcovid.standalone.http.api;

import java.util.List;

/** A part of the API: one kind of thing, and what can be done with it. */
public interface Resource {
  List<Route> routes();
}
