package co.stopcovid.adapters.inmemory;

import co.stopcovid.dialog.DeadLetters;
import co.stopcovid.testkit.contract.DeadLettersContract;

class InMemoryDeadLettersTest extends DeadLettersContract {
  private final InMemoryDeadLetters letters = new InMemoryDeadLetters();

  @Override
  protected DeadLetters letters() {
    return letters;
  }
}
