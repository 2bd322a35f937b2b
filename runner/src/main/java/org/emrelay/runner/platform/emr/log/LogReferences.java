package org.emrelay.runner.platform.emr.log;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.diagnosis.LastLines;
import org.emrelay.runner.diagnosis.LineListener;
import org.emrelay.runner.diagnosis.QuotedLog;

/** Collects the applications and lost containers that a log names, its last lines, and whether they are the final ones. */
final class LogReferences implements LineListener {
    private static final int MAX_NAMES = 16;
    private static final Pattern APPLICATION = Pattern.compile("application_\\d+_\\d+");
    private static final Pattern CONTAINER = Pattern.compile("container_(?:e\\d+_)?\\d+_\\d+_\\d+_\\d+");
    private static final Pattern LOST_CONTAINER = Pattern.compile("(?i)exit|kill|lost|fail|bad node");

    /** The final lines of EMR's controller, Spark's application master, and any Spark JVM. */
    private static final List<String> FINAL_LINES =
            List.of("Step succeeded", "Step failed", "Step interrupted", "Final app status: ", "Shutdown hook called");

    private static final String DRIVER_EXIT = "AM Container for ";

    private final Set<String> applications = new LinkedHashSet<>();
    private final Set<String> lostContainers = new LinkedHashSet<>();
    private QuotedLog quotedLog = new QuotedLog();
    private boolean ended;
    private boolean reportsDriverExit;
    private final LastLines lastLines = new LastLines();

    @Override
    public void accept(String line) {
        lastLines.accept(line);
        if (line.contains("application_")) {
            add(APPLICATION.matcher(line), applications);
        }
        if (line.contains("container_") && LOST_CONTAINER.matcher(line).find()) {
            add(CONTAINER.matcher(line), lostContainers);
        }
        reportsDriverExit = reportsDriverExit || line.contains(DRIVER_EXIT);
        boolean quoted = quotedLog.contains(line);
        ended = ended || (!quoted && isFinal(line));
    }

    @Override
    public void skip(long count) {
        lastLines.skip(count);
        quotedLog = new QuotedLog();
    }

    /** Keeps the most recent names: they belong to what the step ended with. */
    private static void add(Matcher matcher, Set<String> names) {
        while (matcher.find()) {
            names.remove(matcher.group());
            names.add(matcher.group());
            if (names.size() > MAX_NAMES) {
                names.remove(names.iterator().next());
            }
        }
    }

    /** A loop, because it runs for every line. */
    private static boolean isFinal(String line) {
        for (String text : FINAL_LINES) {
            if (line.contains(text)) {
                return true;
            }
        }
        return false;
    }

    /** In the order of their last occurrence. */
    List<String> applications() {
        return List.copyOf(applications);
    }

    List<String> lostContainers() {
        return List.copyOf(lostContainers);
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether YARN reports the exit code of the driver's container, whose log then may have no final line. */
    boolean reportsDriverExit() {
        return reportsDriverExit;
    }

    LastLines lastLines() {
        return lastLines;
    }
}
