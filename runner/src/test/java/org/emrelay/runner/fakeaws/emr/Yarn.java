package org.emrelay.runner.fakeaws.emr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The applications that steps start on a cluster. They are no part of their steps: one of a step that is cancelled lives on and writes, until somebody ends it by
 * its tag or by its step's log.
 */
public final class Yarn {
    private static final String TAGS = "spark.yarn.tags=";

    private final Map<String, Application> living = new LinkedHashMap<>();
    private final List<String> started = new ArrayList<>();
    private final List<String> overlaps = new ArrayList<>();

    private record Application(String cluster, String step, Set<String> tags) {}

    void start(EmrCluster cluster, Step step) {
        started.add(step.name());
        List<String> words = step.words();
        if (words.isEmpty() || !words.get(0).equals("spark-submit")) {
            return;
        }
        Set<String> tags = new TreeSet<>();
        words.stream()
                .filter(word -> word.startsWith(TAGS))
                .forEach(word ->
                        tags.addAll(List.of(word.substring(TAGS.length()).split(","))));
        living.values().stream()
                .filter(other -> work(other.step()).equals(work(step.name())))
                .forEach(other -> overlaps.add(step.name() + " began while " + other.step() + " was alive"));
        living.put(step.id, new Application(cluster.id, step.name(), tags));
    }

    /** What two attempts have in common: the name without the attempt's number. */
    private static String work(String name) {
        return name.replaceFirst("/[0-9]+$", "");
    }

    void finish(Step step) {
        living.remove(step.id);
        List<String> words = step.words();
        if (step.state.equals("COMPLETED") && words.size() == 6 && words.get(3).equals("end-application")) {
            end(words.get(4), words.get(5));
        }
    }

    private void end(String how, String what) {
        if (how.equals("tag")) {
            living.values().removeIf(application -> application.tags().contains(what));
        } else {
            living.remove(Objects.requireNonNull(what));
        }
    }

    void endAll(EmrCluster cluster) {
        living.values().removeIf(application -> application.cluster().equals(cluster.id));
    }

    /** The names of the steps whose applications are alive. */
    public List<String> living() {
        return living.values().stream().map(Application::step).toList();
    }

    /** The names of all steps that ever began, in that order. */
    public List<String> started() {
        return List.copyOf(started);
    }

    /** Where two attempts at the same work were alive at once: a sentence each. */
    public List<String> overlaps() {
        return List.copyOf(overlaps);
    }
}
