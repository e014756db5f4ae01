package co.stopcovid.standalone.serve;

import co.stopcovid.dialog.RegistrationCodes;
import co.stopcovid.progress.LearnerHours;
import co.stopcovid.sms.ProviderHold;
import co.stopcovid.sms.SmsGateway;
import co.stopcovid.standalone.metrics.Metrics;
import co.stopcovid.standalone.workers.AwaitedCodes;
import co.stopcovid.standalone.workers.Signal;
import java.time.InstantSource;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * What the workers run on, put together once a process.
 *
 * @param connections to the database of the stores
 * @param awaitedCodes told when the registration has answered about a code
 * @param commandsSignal raised when a command was appended
 * @param isDead whether the holder of a lease is dead for certain
 */
record Parts(
    ServiceConfig config,
    DataSource connections,
    Stores stores,
    Teaching teaching,
    RegistrationCodes registration,
    AwaitedCodes awaitedCodes,
    SmsGateway gateway,
    ProviderHold hold,
    LearnerHours hours,
    InstantSource clock,
    Metrics metrics,
    Signal commandsSignal,
    Predicate<String> isDead) {}
