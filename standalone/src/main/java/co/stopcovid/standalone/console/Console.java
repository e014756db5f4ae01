package co.stopcovid.standalone.console;

import co.stopcovid.adapters.postgres.StorageException;
import co.stopcovid.desk.Access;
import co.stopcovid.desk.Person;
import co.stopcovid.dialog.OverloadedException;
import co.stopcovid.standalone.http.Problem;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web console: people sign in with the admin password and see to learners. It works without
 * scripts, but for the simulated phone. Nothing is loaded from elsewhere but learners' pictures.
 */
public final class Console {
  public static final String PATH = "/console";

  /** Whoever is signed in: there is one password. */
  static final Person PERSON = new Person("console", Access.ADMIN);

  static final String SIGN_IN = "/console/sign-in";
  static final String SIGN_OUT = "/console/sign-out";

  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  private final SignIn signIn;
  private final Gate gate;
  private final List<Section> sections;
  private final List<Link> links;
  private final Assets assets = new Assets();
  private final Screen screen = new Screen();

  /**
   * @param publicUrl what the world calls the service by; null when it has no such name
   * @param sections in the order of the navigation; the first is at {@link #PATH}
   */
  public Console(
      String password, @Nullable URI publicUrl, InstantSource clock, List<Section> sections) {
    this.signIn = new SignIn(password, clock);
    this.gate = new Gate(publicUrl, clock);
    this.sections = List.copyOf(sections);
    this.links = sections.stream().map(Section::link).toList();
  }

  public void register(JavalinConfig config) {
    config.routes.before(PATH + "*", Screen::protect);
    config.routes.get("/", this::enter);
    config.routes.get(SIGN_IN, guarded("", this::showSignIn));
    config.routes.post(SIGN_IN, guarded("", this::signIn));
    config.routes.post(SIGN_OUT, guarded("", this::signOut));
    assets.register(config);
    for (Section section : sections) {
      String current = section.link().path();
      for (Step step : section.steps()) {
        config.routes.addHttpHandler(
            step.method(),
            step.path(),
            guarded(current, context -> answer(context, current, step.action())));
      }
      section.register(config, gate::admits);
    }
  }

  private void enter(Context context) {
    Screen.protect(context);
    context.redirect(gate.isSignedIn(context) ? PATH : SIGN_IN, HttpStatus.SEE_OTHER);
  }

  private void showSignIn(Context context) {
    if (gate.isSignedIn(context)) {
      context.redirect(PATH, HttpStatus.SEE_OTHER);
    } else {
      showSignIn(context, SignIn.View.NEW);
    }
  }

  private void showSignIn(Context context, SignIn.View view) {
    var frame = new Frame("Sign in", List.of(), "", assets);
    screen.show(context, view.status(), "sign-in.jte", frame, view);
  }

  private void signIn(Context context) throws IOException {
    refuseOtherSites(context);
    switch (signIn.attempt(context)) {
      case SignIn.Result.Right right -> {
        gate.open(context);
        context.redirect(PATH, HttpStatus.SEE_OTHER);
      }
      case SignIn.Result.Wrong wrong ->
          showSignIn(context, new SignIn.View(HttpStatus.FORBIDDEN, "That is not the password."));
      case SignIn.Result.TooMany(Duration untilNext) -> {
        context.header("Retry-After", Long.toString(untilNext.toSeconds()));
        showSignIn(
            context,
            new SignIn.View(
                HttpStatus.TOO_MANY_REQUESTS, "Too many attempts. Try again in a minute."));
      }
    }
  }

  private void signOut(Context context) {
    refuseOtherSites(context);
    gate.close(context);
    context.redirect(SIGN_IN, HttpStatus.SEE_OTHER);
  }

  private void refuseOtherSites(Context context) {
    if (!gate.isFromHere(context)) {
      throw Problem.of(HttpStatus.FORBIDDEN, "this can be asked for on the console's pages only");
    }
  }

  private void answer(Context context, String current, Step.Action action) throws IOException {
    if (!gate.isSignedIn(context)) {
      context.redirect(SIGN_IN, HttpStatus.SEE_OTHER);
      return;
    }
    if (!gate.admits(context)) {
      refuseOtherSites(context);
    }
    switch (action.answer(context)) {
      case Answer.Go(String path) -> context.redirect(path, HttpStatus.SEE_OTHER);
      case Answer.Show(String template, String title, Object view) ->
          screen.show(
              context, HttpStatus.OK, template, new Frame(title, links, current, assets), view);
    }
  }

  private Handler guarded(String current, Handler handler) {
    return context -> {
      try {
        handler.handle(context);
      } catch (Exception e) {
        Problem problem = problem(context, e);
        boolean known = gate.isSignedIn(context);
        var frame = new Frame("That did not work", known ? links : List.of(), current, assets);
        screen.show(context, problem.status(), "problem.jte", frame, problem);
      }
    };
  }

  private static Problem problem(Context context, Exception e) {
    return switch (e) {
      case Problem problem -> problem;
      case OverloadedException overloaded -> {
        LOG.warn("request put off: waiting={}", overloaded.waiting());
        yield Problem.tryAgain("there is more to do than can be taken on; try again soon");
      }
      case StorageException storage when !storage.isAboutTheData() -> {
        LOG.error("request failed: method={}", context.method(), storage);
        yield Problem.tryAgain("the database does not answer; try again soon");
      }
      default -> {
        LOG.error("request failed: method={}", context.method(), e);
        yield Problem.of(
            HttpStatus.INTERNAL_SERVER_ERROR, "something went wrong here; the log tells more");
      }
    };
  }
}
