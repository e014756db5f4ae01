package planted.stopcovid.sms;

/** What other planted classes must not use. */
public final class PublicSms {
  private PublicSms() {}
}
