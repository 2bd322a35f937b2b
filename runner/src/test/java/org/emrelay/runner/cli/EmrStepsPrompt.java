package org.emrelay.runner.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Clients;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.fakeaws.emr.StepWork.Done;
import org.emrelay.runner.platform.ProcessLiveness;

/**
 * Somebody before a cluster of EMR that is up, with a chain of three steps whose outputs can be told from each other. Each command is a process of its own, and
 * those before it are gone.
 */
final class EmrStepsPrompt implements AutoCloseable {
    static final List<String> STEPS = List.of("words", "counts", "clouds");

    static final Duration STEP_TAKES = Duration.ofSeconds(15);

    static final ClusterScript QUICK =
            ClusterScript.ordinary().withPhases(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(20));

    /** All that is to be collected of a run. */
    static final Map<String, String> WHOLE = Map.of(
            "clouds/part-00000.csv",
            part("clouds", 0),
            "clouds/more/part-00001.csv",
            part("clouds", 1),
            "clouds/_SUCCESS",
            "");

    private static final Pattern STATE = Pattern.compile("\"state\" : \"([a-z_]+)\"");

    private final EmrPrompt emr;
    private final Clients others;
    private final OneAfterAnother processes = new OneAfterAnother();
    private final String cluster;
    private int runs;

    /** Those of commands that are said one after another. */
    private static final class OneAfterAnother implements ProcessLiveness {
        private long newest;

        void begin() {
            newest++;
        }

        @Override
        public Identity current() {
            return new Identity("here", newest, "at " + newest);
        }

        @Override
        public Life lifeOf(Identity process) {
            return process.equals(current()) ? Life.LIVES : Life.GONE;
        }
    }

    EmrStepsPrompt(Path directory) {
        this(directory, QUICK);
    }

    EmrStepsPrompt(Path directory, ClusterScript script) {
        emr = new EmrPrompt(directory);
        others = new Clients(emr.aws());
        Pipelines.laidOut(emr.prompt()).among(processes);
        emr.aws().account().bucket("books");
        emr.aws().account().object("books", "titles.csv", "title\nEmma\n");
        emr.aws().emr().clusters(name -> script);
        emr.aws().emr().steps(name -> completes());
        cluster = emr.create().out().strip();
    }

    /** A step that writes what it should. */
    StepScript completes() {
        return StepScript.completesAfter(STEP_TAKES).doing(this::write);
    }

    /** A part and the mark that all are there, as a job of Spark's leaves them. */
    private Done write(String step, List<String> words, Done asScripted) {
        if (!words.contains("--output")) {
            // It ends what another step has left on YARN.
            return asScripted;
        }
        String output = words.get(words.indexOf("--output") + 1);
        String place = output.substring("s3://".length());
        String bucket = place.substring(0, place.indexOf('/'));
        String key = place.substring(place.indexOf('/') + 1);
        String name = output.substring(output.lastIndexOf('/') + 1);
        aws().s3().write(bucket, key + "/part-00000.csv", part(name, 0).getBytes(StandardCharsets.UTF_8));
        aws().s3().write(bucket, key + "/more/part-00001.csv", part(name, 1).getBytes(StandardCharsets.UTF_8));
        aws().s3().write(bucket, key + "/_SUCCESS", new byte[0]);
        return asScripted;
    }

    static String part(String step, int number) {
        return (step + " " + number + "\n").repeat(500);
    }

    FakeAws aws() {
        return emr.aws();
    }

    Prompt prompt() {
        return emr.prompt();
    }

    String cluster() {
        return cluster;
    }

    CommandResult type(String... arguments) {
        processes.begin();
        return emr.type(arguments);
    }

    /** Files that nobody has uploaded and a bucket that nobody has been let into: so each run to come has all of it before it. */
    EmrStepsPrompt withNewFiles() {
        runs++;
        prompt().file("job.py", "print('job " + runs + "')\n").file("titles.csv", "title\nEmma " + runs + "\n");
        aws().account().bucket("books-" + runs);
        prompt().file(
                        "steps.json",
                        Pipelines.CLOUDS.replace(
                                "\"name\": \"counts\", \"inputs\": {",
                                "\"name\": \"counts\", \"inputs\": { \"authors\": \"s3://books-" + runs
                                        + "/authors.csv\","));
        return this;
    }

    CommandResult add() {
        return type("-a", "add_steps");
    }

    CommandResult execute() {
        return type("-a", "execute_steps");
    }

    /** Says execute_steps, and the process dies as soon as it has seen that EMR has the steps. */
    void executeUntilHandedOver() {
        aws().calls().forget();
        aws().faults().add(Fault.slow(Duration.ZERO), Calls.where(this::isLookAtWhatEmrHas));
        execute();
        aws().faults().clear();
        aws().revive();
    }

    private boolean isLookAtWhatEmrHas(Call call) {
        boolean is = call.operation().equals("ListSteps")
                && !aws().calls().named("AddJobFlowSteps").isEmpty();
        if (is) {
            aws().dieBefore(1);
        }
        return is;
    }

    /** Somebody else ends the cluster as soon as this step has begun: the next look finds it gone, or going. */
    void terminatedOutsideWhen(String step) {
        aws().emr().steps(name -> {
            if (!name.contains(step)) {
                return completes();
            }
            new Thread(() -> others.emr().terminateJobFlows(request -> request.jobFlowIds(cluster))).start();
            return StepScript.completesAfter(Duration.ofHours(3));
        });
    }

    /** Nothing was ever collected. */
    void removeResults() {
        try (Stream<Path> files = Files.walk(results())) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (NoSuchFileException isSo) {
            return;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Where the pipeline's results are collected. */
    Path results() {
        return prompt().path("results/clouds");
    }

    CommandResult delete(String... more) {
        return type(Stream.concat(Stream.of("-a", "delete_steps", "--yes"), Stream.of(more))
                .toArray(String[]::new));
    }

    CommandResult list() {
        return type("-a", "list_steps", "--output", "json");
    }

    CommandResult fetch() {
        return type("-a", "fetch_output");
    }

    /** What list_steps says of the steps, in their order. */
    static List<String> states(CommandResult listed) {
        return STATE.matcher(listed.out())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** What was collected, by path below the place for results. */
    Map<String, String> fetched() {
        try (Stream<Path> files = Files.walk(results())) {
            Map<String, String> found = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(results().relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
            return found;
        } catch (NoSuchFileException none) {
            return Map.of();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Whether each step began once and in its turn, whatever its attempts are called. */
    boolean startedOnce(String run) {
        return started(run).stream()
                .map(name -> name.replaceFirst("/.*", ""))
                .toList()
                .equals(STEPS);
    }

    /** What never may be, a line each. */
    List<String> strange() {
        List<String> strange = new ArrayList<>(aws().foreignChanges());
        aws().calls().unknown().forEach(call -> strange.add(call.toString()));
        aws().calls().defects().forEach(call -> strange.add(call.toString()));
        strange.addAll(aws().look(() -> aws().emr().yarn().overlaps()));
        return strange;
    }

    /** The names of this run's steps that ever began on the cluster, without the run's. */
    List<String> started(String run) {
        return aws().look(() -> aws().emr().yarn().started()).stream()
                .filter(name -> name.startsWith(run + "/"))
                .map(name -> name.substring(run.length() + 1))
                .toList();
    }

    @Override
    public void close() {
        others.close();
        emr.close();
    }
}
