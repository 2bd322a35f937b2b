package org.emrelay.runner.platform.emr.log;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Listens to a log's lines for the names that lead to other logs, and for the words with which it ends. */
final class LogReferences {
    private static final int MOST = 16;
    private static final Pattern APPLICATION = Pattern.compile("application_\\d+_\\d+");
    private static final Pattern CONTAINER = Pattern.compile("container_(?:e\\d+_)?\\d+_\\d+_\\d+_\\d+");
    private static final Pattern LOST = Pattern.compile("(?i)exit|kill|lost|fail|bad node");

    /** EMR's controller, Spark's application master, and any JVM of Spark's. */
    private static final List<String> ENDS =
            List.of("Step succeeded", "Step failed", "Step interrupted", "Final app status: ", "Shutdown hook called");

    private final Set<String> applications = new LinkedHashSet<>();
    private final Set<String> lostContainers = new LinkedHashSet<>();
    private boolean ended;

    void accept(String line) {
        if (line.contains("application_")) {
            add(APPLICATION.matcher(line), applications);
        }
        if (line.contains("container_") && LOST.matcher(line).find()) {
            add(CONTAINER.matcher(line), lostContainers);
        }
        ended = ended || ENDS.stream().anyMatch(line::contains);
    }

    /** The last ones matter: what a step ended with. */
    private static void add(Matcher name, Set<String> names) {
        while (name.find()) {
            names.remove(name.group());
            names.add(name.group());
            if (names.size() > MOST) {
                names.remove(names.iterator().next());
            }
        }
    }

    /** In the order in which they were named last. */
    List<String> applications() {
        return List.copyOf(applications);
    }

    List<String> lostContainers() {
        return List.copyOf(lostContainers);
    }

    boolean isEnded() {
        return ended;
    }
}
