package co.stopcovid.standalone.http.api;

import co.stopcovid.progress.ProgressRebuild;

/** What a rebuild did, as the API shows it. */
final class RebuildJson {
  private RebuildJson() {}

  static Reply reply(ProgressRebuild.Result result) {
    return Reply.object(
        json -> {
          json.writeNumberProperty("batches", result.batches());
          json.writeNumberProperty("corrected", result.corrected());
          json.writeNumberProperty("left", result.left());
        });
  }
}
