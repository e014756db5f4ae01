package co.stopcovid.standalone.console;

import java.util.List;

/**
 * What stands around every page.
 *
 * @param links of the navigation; none before somebody has signed in
 * @param current the path of the section that is shown
 */
record Frame(String title, List<Link> links, String current, Assets assets) {}
