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
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.emrelay.runner.fakeaws.Call;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.FakeAws;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.SdkClients;
import org.emrelay.runner.fakeaws.emr.ClusterScript;
import org.emrelay.runner.fakeaws.emr.StepProgram.Result;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.emrelay.runner.platform.ProcessLiveness;

/**
 * Runs commands on a live EMR cluster, with a chain of three steps whose outputs differ. Each command is a process of its own, and all
 * earlier processes are dead.
 */
final class EmrStepsCliFixture implements AutoCloseable {
    static final List<String> STEPS = List.of("words", "counts", "clouds");

    static final Duration STEP_DURATION = Duration.ofSeconds(15);

    static final ClusterScript FAST_STARTING_CLUSTER =
            ClusterScript.typical().withPhases(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(20));

    /** The complete results of a run. */
    static final Map<String, String> COMPLETE_RESULTS = Map.of(
            "clouds/part-00000.csv",
            part("clouds", 0),
            "clouds/more/part-00001.csv",
            part("clouds", 1),
            "clouds/_SUCCESS",
            "");

    private static final Pattern STATE = Pattern.compile("\"state\" : \"([a-z_]+)\"");

    private final EmrCliFixture emr;
    private final SdkClients otherClients;
    private final SequentialProcesses processes = new SequentialProcesses();
    private final String cluster;
    private int runs;

    /** Processes of commands that run one after the other. */
    private static final class SequentialProcesses implements ProcessLiveness {
        private long newest;

        void startNext() {
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

    EmrStepsCliFixture(Path directory) {
        this(directory, FAST_STARTING_CLUSTER);
    }

    EmrStepsCliFixture(Path directory, ClusterScript script) {
        emr = new EmrCliFixture(directory);
        otherClients = new SdkClients(emr.aws());
        SampleFiles.writeTo(emr.cli()).withProcesses(processes);
        emr.aws().account().bucket("books");
        emr.aws().account().object("books", "titles.csv", "title\nEmma\n");
        emr.aws().emr().scriptClusters(name -> script);
        emr.aws().emr().scriptSteps(name -> succeedingStep());
        cluster = emr.create().out().strip();
    }

    /** A step that succeeds and writes its output. */
    StepScript succeedingStep() {
        return StepScript.completesAfter(STEP_DURATION).withProgram(this::writeOutput);
    }

    /** Writes two parts and the _SUCCESS marker, as a Spark job does. */
    private Result writeOutput(String step, List<String> arguments, Result scripted) {
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

    CliFixture cli() {
        return emr.cli();
    }

    String cluster() {
        return cluster;
    }

    CommandResult run(String... arguments) {
        processes.startNext();
        return emr.run(arguments);
    }

    /** Changes the local files and adds a bucket without access, so that the next run must upload files and grant access again. */
    EmrStepsCliFixture withNewInputs() {
        runs++;
        cli().file("job.py", "print('job " + runs + "')\n").file("titles.csv", "title\nEmma " + runs + "\n");
        aws().account().bucket("books-" + runs);
        cli().file(
                        "steps.json",
                        SampleFiles.CLOUDS.replace(
                                "\"name\": \"counts\", \"inputs\": {",
                                "\"name\": \"counts\", \"inputs\": { \"authors\": \"s3://books-" + runs
                                        + "/authors.csv\","));
        return this;
    }

    CommandResult add() {
        return run("-a", "add_steps");
    }

    CommandResult execute() {
        return run("-a", "execute_steps");
    }

    /** Runs execute_steps and crashes as soon as EMR has confirmed the submission. */
    void executeAndCrashAfterSubmission() {
        aws().calls().clear();
        aws().faults().add(Fault.requestDelayed(Duration.ZERO), Calls.where(this::confirmsSubmission));
        execute();
        aws().faults().clear();
        aws().restartProcess();
    }

    private boolean confirmsSubmission(Call call) {
        boolean confirms = call.operation().equals("ListSteps")
                && !aws().calls().named("AddJobFlowSteps").isEmpty();
        if (confirms) {
            aws().crashBefore(1);
        }
        return confirms;
    }

    /** Another client terminates the cluster as soon as this step starts. */
    void terminateExternallyOnStartOf(String step) {
        aws().emr().scriptSteps(name -> {
            if (!name.contains(step)) {
                return succeedingStep();
            }
            new Thread(() -> otherClients.emr().terminateJobFlows(request -> request.jobFlowIds(cluster))).start();
            return StepScript.completesAfter(Duration.ofHours(3));
        });
    }

    /** Deletes the fetched results. */
    void deleteResults() {
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
        return cli().path("results/clouds");
    }

    CommandResult delete(String... more) {
        return run(Stream.concat(Stream.of("-a", "delete_steps", "--yes"), Stream.of(more))
                .toArray(String[]::new));
    }

    CommandResult list() {
        return run("-a", "list_steps", "--output", "json");
    }

    CommandResult fetch() {
        return run("-a", "fetch_output");
    }

    /** The states of the steps in the output of list_steps. */
    static List<String> states(CommandResult listed) {
        return STATE.matcher(listed.out())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** Contents of the fetched files, by path relative to the results directory. */
    Map<String, String> fetchedFiles() {
        try (Stream<Path> files = Files.walk(results())) {
            Map<String, String> found = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(".emrelay-results.json"))
                    .toList()) {
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
    boolean eachStepStartedOnce(String run) {
        return startedAttempts(run).stream()
                .map(name -> name.replaceFirst("/.*", ""))
                .toList()
                .equals(STEPS);
    }

    /** Violations of invariants of every test, one line each. */
    List<String> violations() {
        List<String> violations = new ArrayList<>(aws().foreignChanges());
        aws().calls().unsupported().forEach(call -> violations.add(call.toString()));
        aws().calls().defects().forEach(call -> violations.add(call.toString()));
        violations.addAll(aws().inspect(() -> aws().emr().yarn().overlappingAttempts()));
        return violations;
    }

    /** The attempts of the run that YARN started, without the run id. */
    List<String> startedAttempts(String run) {
        return aws().inspect(() -> aws().emr().yarn().startedSteps()).stream()
                .filter(name -> name.startsWith(run + "/"))
                .map(name -> name.substring(run.length() + 1))
                .toList();
    }

    @Override
    public void close() {
        otherClients.close();
        emr.close();
    }
}
