package org.emrelay.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Chooses the cases that an exhaustive test tries: all of them with {@code -Pexhaustive}, otherwise a sample. The sample depends on
 * the commit, so that every commit tries other cases and a failure can be repeated.
 */
public final class Sampling implements AfterAllCallback {
    private static final boolean EXHAUSTIVE = Boolean.getBoolean("test.exhaustive");
    private static final long SEED = seed(System.getProperty("test.seed", ""));
    private static final long SEED_WITHOUT_GIT = 20_261_121;

    private final String cases;
    private final boolean exhaustive;
    private final long seed;
    private final AtomicInteger chosen = new AtomicInteger();
    private final AtomicInteger total = new AtomicInteger();

    Sampling(String cases, boolean exhaustive, long seed) {
        this.cases = cases;
        this.exhaustive = exhaustive;
        this.seed = seed;
    }

    /** A sampling that prints how many of these cases a test class has tried. */
    public static Sampling of(String cases) {
        return new Sampling(cases, EXHAUSTIVE, SEED);
    }

    /** The same for every run of a commit. */
    public static Random random() {
        return new Random(SEED);
    }

    /** Whether all cases are tried. */
    public boolean isExhaustive() {
        return exhaustive;
    }

    /** All cases, or the first, the last and others up to this number, in order. */
    public <T> List<T> choose(int size, List<T> all) {
        return choose(size, all, each -> "any");
    }

    /** All cases, or the first, the last, one of each kind, and others up to this number, in order. */
    public <T> List<T> choose(int size, List<T> all, Function<? super T, ?> kind) {
        Collection<Integer> indexes =
                exhaustive ? IntStream.range(0, all.size()).boxed().toList() : sample(size, all, kind);
        chosen.addAndGet(indexes.size());
        total.addAndGet(all.size());
        return indexes.stream().map(all::get).toList();
    }

    private <T> Collection<Integer> sample(int size, List<T> all, Function<? super T, ?> kind) {
        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, all.size()).boxed().toList());
        Collections.shuffle(shuffled, new Random(seed + all.size()));
        Map<Object, Integer> oneOfEachKind = new LinkedHashMap<>();
        shuffled.forEach(index -> oneOfEachKind.putIfAbsent(kind.apply(all.get(index)), index));
        Collection<Integer> sample = new TreeSet<>(oneOfEachKind.values());
        if (!all.isEmpty()) {
            sample.add(0);
            sample.add(all.size() - 1);
        }
        for (Integer index : shuffled) {
            if (sample.size() < size) {
                sample.add(index);
            }
        }
        return sample;
    }

    /** The given seed, else one from the tree of the commit, else a constant. */
    private static long seed(String given) {
        if (!given.isBlank()) {
            return Long.parseLong(given.strip());
        }
        String tree = treeHash();
        return tree.matches("[0-9a-f]{40,}") ? Long.parseLong(tree.substring(0, 12), 16) : SEED_WITHOUT_GIT;
    }

    private static String treeHash() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "HEAD^{tree}")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException withoutGit) {
            return "";
        }
    }

    /** Prints the numbers and the seed once per test class. */
    @Override
    public void afterAll(ExtensionContext context) {
        System.out.println(summary(context.getRequiredTestClass().getSimpleName()));
    }

    String summary(String testClass) {
        String tried = testClass + ": " + chosen + " of " + total + " " + cases + " tried";
        return exhaustive ? tried : tried + " (-Dtest.seed=" + seed + " repeats them, -Pexhaustive tries all)";
    }
}
