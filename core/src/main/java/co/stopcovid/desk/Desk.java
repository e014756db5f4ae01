package co.stopcovid.desk;

/** The use cases of people, by what they are about; {@link Operation} lists them. */
public record Desk(
    Learners learners,
    Orders orders,
    Commands commands,
    Messages messages,
    HeldMessages held,
    Letters letters,
    Codes codes,
    Reports reports) {
  public static Desk on(DeskPorts ports) {
    var performer = new Performer(ports.audit(), ports.clock());
    var check = new CommandCheck(ports);
    var learners = new Learners(performer, ports);
    var orders = new Orders(performer, ports, check, learners);
    return new Desk(
        learners,
        orders,
        new Commands(performer, ports, check, learners),
        new Messages(performer, ports, orders, learners),
        new HeldMessages(performer, ports, learners),
        new Letters(performer, ports),
        new Codes(performer, ports),
        new Reports(performer, ports));
  }
}
