package co.stopcovid.adapters.inmemory;

import co.stopcovid.testkit.contract.CompletionReportContract;

class InMemoryCompletionReportTest extends CompletionReportContract {
  @Override
  protected Adapters empty() {
    return InMemoryProgress.adapters();
  }

  @Override
  protected Adapters second() {
    return first();
  }
}
