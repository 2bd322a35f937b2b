package org.emrelay.jobs.churn.events;

import java.util.ArrayList;
import java.util.List;

/** The 85 browser user agents of 2014 in the log, the most frequent first. */
final class UserAgents {
    private static final List<String> CHROME_VERSIONS = List.of(
            "36.0.1985.143", "36.0.1985.125", "37.0.2062.94", "37.0.2062.103", "35.0.1916.153", "34.0.1847.131");
    private static final List<String> FIREFOX_VERSIONS = List.of("31.0", "32.0", "30.0", "24.0");
    private static final List<String> WINDOWS_PLATFORMS = List.of(
            "Windows NT 6.1; WOW64",
            "Windows NT 6.3; WOW64",
            "Windows NT 6.1",
            "Windows NT 5.1",
            "Windows NT 6.2; WOW64");
    private static final List<String> MAC_VERSIONS = List.of("10_9_4", "10_10", "10_8_5", "10_7_5", "10_6_8", "10_9_2");
    private static final List<String> LINUX_PLATFORMS = List.of("X11; Linux x86_64", "X11; Linux i686");
    private static final List<String> IOS_VERSIONS = List.of("7_1_2", "7_1_1", "7_0_4", "8_0");
    private static final List<String> TRIDENT_VERSIONS = List.of("5.0", "6.0", "7.0");

    /** The number of user agents in the full log. */
    static final int NUMBER = 85;

    static final List<String> ALL = all();

    private UserAgents() {}

    private static List<String> all() {
        List<String> agents = new ArrayList<>();
        // Round-robin over the kinds, so the most frequent ones cover several systems.
        List<List<String>> kinds = List.of(
                windowsChromes(),
                macintoshBrowsers(),
                firefoxes(),
                mobileSafaris(),
                linuxChromes(),
                internetExplorers());
        for (int index = 0; agents.size() < NUMBER; index++) {
            for (List<String> kind : kinds) {
                if (index < kind.size() && agents.size() < NUMBER) {
                    agents.add(kind.get(index));
                }
            }
        }
        return List.copyOf(agents);
    }

    private static List<String> windowsChromes() {
        return chromes(WINDOWS_PLATFORMS);
    }

    private static List<String> macintoshBrowsers() {
        List<String> agents = new ArrayList<>();
        for (String version : MAC_VERSIONS) {
            String system = "Macintosh; Intel Mac OS X " + version;
            agents.add("Mozilla/5.0 (" + system
                    + ") AppleWebKit/537.77.4 (KHTML, like Gecko) Version/7.0.5 Safari/537.77.4");
            agents.addAll(chromes(List.of(system)));
        }
        return agents;
    }

    private static List<String> linuxChromes() {
        return chromes(LINUX_PLATFORMS);
    }

    private static List<String> chromes(List<String> systems) {
        List<String> agents = new ArrayList<>();
        for (String version : CHROME_VERSIONS) {
            for (String system : systems) {
                agents.add("Mozilla/5.0 (" + system + ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + version
                        + " Safari/537.36");
            }
        }
        return agents;
    }

    private static List<String> firefoxes() {
        List<String> systems = new ArrayList<>(WINDOWS_PLATFORMS);
        systems.add("Macintosh; Intel Mac OS X 10.9");
        systems.add("X11; Ubuntu; Linux x86_64");
        List<String> agents = new ArrayList<>();
        for (String version : FIREFOX_VERSIONS) {
            for (String system : systems) {
                agents.add("Mozilla/5.0 (" + system + "; rv:" + version + ") Gecko/20100101 Firefox/" + version);
            }
        }
        return agents;
    }

    private static List<String> mobileSafaris() {
        List<String> agents = new ArrayList<>();
        for (String version : IOS_VERSIONS) {
            String end =
                    " like Mac OS X) AppleWebKit/537.51.2 (KHTML, like Gecko) Version/7.0 Mobile/11D257 Safari/9537.53";
            agents.add("Mozilla/5.0 (iPhone; CPU iPhone OS " + version + end);
            agents.add("Mozilla/5.0 (iPad; CPU OS " + version + end);
        }
        return agents;
    }

    private static List<String> internetExplorers() {
        List<String> agents = new ArrayList<>();
        for (String trident : TRIDENT_VERSIONS) {
            String version = trident.equals("5.0") ? "9.0" : trident.equals("6.0") ? "10.0" : "11.0";
            for (String system : WINDOWS_PLATFORMS) {
                agents.add(
                        version.equals("11.0")
                                ? "Mozilla/5.0 (" + system + "; Trident/7.0; rv:11.0) like Gecko"
                                : "Mozilla/5.0 (compatible; MSIE " + version + "; " + system + "; Trident/" + trident
                                        + ")");
            }
        }
        return agents;
    }
}
