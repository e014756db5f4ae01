package co.stopcovid.aws.dynamo;

import java.time.Duration;

/** Waits before a call is tried again. */
public interface Pause {
  /** Lets the thread sleep; an interrupt ends the wait and stays set. */
  Pause SLEEP =
      wait -> {
        try {
          Thread.sleep(wait);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      };

  void pause(Duration wait);
}
