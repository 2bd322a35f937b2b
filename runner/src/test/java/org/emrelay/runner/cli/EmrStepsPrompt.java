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
import org.emrelay.runner.fakeaws.SdkClients;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.fakeaws.emr.StepProgram.Result;
import org.emrelay.runner.platform.ProcessLiveness;

/**
 * Runs commands on a live EMR cluster, with a chain of three steps whose outputs differ. Each command is a process of its own, and all
 * earlier processes are dead.
 */
final class EmrStepsPrompt implements AutoCloseable {
    static final List<String> STEPS = List.of("words", "counts", "clouds");

    static final Duration STEP_TAKES = Duration.ofSeconds(15);

    static final ClusterScript QUICK =
            ClusterScript.typical().withPhases(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(20));

    /** The complete results of a run. */
    static final Map<String, String> WHOLE = Map.of(
            "clouds/part-00000.csv",
            part("clouds", 0),
            "clouds/more/part-00001.csv",
            part("clouds", 1),
            "clouds/_SUCCESS",
            "");

    private static final Pattern STATE = Pattern.compile("\"state\" : \"([a-z_]+)\"");

    private final EmrPrompt emr;
    private final SdkClients others;
    private final OneAfterAnother processes = new OneAfterAnother();
    private final String cluster;
    private int runs;

    /** Processes of commands that run one after the other. */
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
        public Liveness livenessOf(Identity process) {
            return process.equals(current()) ? Liveness.ALIVE : Liveness.DEAD;
        }
    }

    EmrStepsPrompt(Path directory) {
        this(directory, QUICK);
    }

    EmrStepsPrompt(Path directory, ClusterScript script) {
        emr = new EmrPrompt(directory);
        others = new SdkClients(emr.aws());
        Pipelines.laidOut(emr.prompt()).among(processes);
        emr.aws().account().bucket("books");
        emr.aws().account().object("books", "titles.csv", "title\nEmma\n");
        emr.aws().emr().scriptClusters(name -> script);
        emr.aws().emr().scriptSteps(name -> completes());
        cluster = emr.create().out().strip();
    }

    /** A step that succeeds and writes its output. */
    StepScript completes() {
        return StepScript.completesAfter(STEP_TAKES).withProgram(this::write);
    }

    /** Writes two parts and the _SUCCESS marker, as a Spark job does. */
    private Result write(String step, List<String> arguments, Result scripted) {
        if (!arguments.contains("--output")) {
            // A YARN cleanup step.
            return scripted;
        }
        String output = arguments.get(arguments.indexOf("--output") + 1);
        String path = output.substring("s3://".length());
        String bucket = path.substring(0, path.indexOf('/'));
        String key = path.substring(path.indexOf('/') + 1);
        String name = output.substring(output.lastIndexOf('/') + 1);
        aws().s3().write(bucket, key + "/part-00000.csv", part(name, 0).getBytes(StandardCharsets.UTF_8));
        aws().s3().write(bucket, key + "/more/part-00001.csv", part(name, 1).getBytes(StandardCharsets.UTF_8));
        aws().s3().write(bucket, key + "/_SUCCESS", new byte[0]);
        return scripted;
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

    /** Changes the local files and adds a bucket without access, so that the next run must upload files and grant access again. */
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

    /** Runs execute_steps and crashes as soon as EMR has confirmed the submission. */
    void executeUntilHandedOver() {
        aws().calls().clear();
        aws().faults().add(Fault.requestDelayed(Duration.ZERO), Calls.where(this::isLookAtWhatEmrHas));
        execute();
        aws().faults().clear();
        aws().restartProcess();
    }

    private boolean isLookAtWhatEmrHas(Call call) {
        boolean confirms = call.operation().equals("ListSteps")
                && !aws().calls().named("AddJobFlowSteps").isEmpty();
        if (confirms) {
            aws().crashBefore(1);
        }
        return confirms;
    }

    /** Another client terminates the cluster as soon as this step starts. */
    void terminatedOutsideWhen(String step) {
        aws().emr().scriptSteps(name -> {
            if (!name.contains(step)) {
                return completes();
            }
            new Thread(() -> others.emr().terminateJobFlows(request -> request.jobFlowIds(cluster))).start();
            return StepScript.completesAfter(Duration.ofHours(3));
        });
    }

    /** Deletes the fetched results. */
    void removeResults() {
        try (Stream<Path> files = Files.walk(results())) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (NoSuchFileException none) {
            return;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** The directory of the fetched results. */
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

    /** The states of the steps in the output of list_steps. */
    static List<String> states(CommandResult listed) {
        return STATE.matcher(listed.out())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** Contents of the fetched files, by path relative to the results directory. */
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

    /** Whether each step started exactly once and in order, under any attempt number. */
    boolean startedOnce(String run) {
        return started(run).stream()
                .map(name -> name.replaceFirst("/.*", ""))
                .toList()
                .equals(STEPS);
    }

    /** Violations of invariants of every test, one line each. */
    List<String> strange() {
        List<String> violations = new ArrayList<>(aws().foreignChanges());
        aws().calls().unsupported().forEach(call -> violations.add(call.toString()));
        aws().calls().defects().forEach(call -> violations.add(call.toString()));
        violations.addAll(aws().inspect(() -> aws().emr().yarn().overlappingAttempts()));
        return violations;
    }

    /** The attempts of the run that YARN started, without the run id. */
    List<String> started(String run) {
        return aws().inspect(() -> aws().emr().yarn().startedSteps()).stream()
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
