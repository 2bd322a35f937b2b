package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineToolTest {
    private static final String ACTIONS =
            "validate, plan, run, create_cluster, add_steps, execute_steps, list_runs, list_steps, delete_steps, logs, report,"
                    + " fetch_output, clean, list_clusters, describe_cluster, terminate_cluster, create_stream,"
                    + " start_stream, stop_stream, stream_status, delete_stream, init, export, import, convert, schema,"
                    + " completion";

    @TempDir
    Path directory;

    private CliFixture cli;

    @BeforeEach
    void setUp() {
        cli = new CliFixture(directory);
    }

    @Test
    void printsTheOverviewOnHelp() {
        CommandResult result = cli.run("--help");

        assertThat(result).isEqualTo(new CommandResult(0, TestResources.text("help/overview.txt"), ""));
        assertThat(cli.run("-h")).isEqualTo(result);
    }

    @Test
    void helpFitsTheTerminal() {
        assertThat(widestHelp(80)).isBetween(70, 80);
        assertThat(widestHelp(60)).isBetween(70, 80);
        assertThat(widestHelp(100)).isBetween(90, 100);
        assertThat(widestHelp(300)).isBetween(110, 120);
        assertThat(cli.inTerminal(80).run("--help").out()).contains("""
                          terminate_cluster  terminate a cluster and delete its resources; results are
                                             kept
                        """).endsWith("""
                        Exit codes: 0 done; 1 a step failed; 2 usage error; 3 invalid file;
                                    4 platform error; 5 refused; 130 interrupted; 70 a bug
                        """);
    }

    private int widestHelp(int columns) {
        cli.inTerminal(columns);
        int widest = 0;
        for (String action : Action.keys()) {
            CommandResult help = cli.run(action, "--help");
            widest = Math.max(
                    widest, help.out().lines().mapToInt(String::length).max().orElseThrow());
        }
        return widest;
    }

    @Test
    void failsWithTheOverviewWithoutArguments() {
        assertThat(cli.run()).isEqualTo(new CommandResult(2, "", TestResources.text("help/overview.txt")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "validate",
                "plan",
                "run",
                "create_cluster",
                "add_steps",
                "execute_steps",
                "list_runs",
                "list_steps",
                "delete_steps",
                "logs",
                "report",
                "fetch_output",
                "clean",
                "list_clusters",
                "describe_cluster",
                "terminate_cluster",
                "create_stream",
                "start_stream",
                "stop_stream",
                "stream_status",
                "delete_stream",
                "init",
                "export",
                "import",
                "convert",
                "schema",
                "completion"
            })
    void printsHelpWithAnExampleForEachAction(String action) {
        CommandResult result = cli.run("-a", action, "--help");

        assertThat(result).isEqualTo(new CommandResult(0, TestResources.text("help/" + action + ".txt"), ""));
        assertThat(result.out()).containsPattern("Examples?:(\n )? (source <\\()?runner.sh -a " + action);
        assertThat(Action.keys()).contains(action).hasSize(27);
    }

    @Test
    void printsAProgramNameWithSpecialCharactersVerbatim() {
        String name = "/100% of ${it}/@|bold x|@/runner.sh";

        assertThat(cli.withProgramName(name).run("-a", "list_clusters", "--help"))
                .isEqualTo(new CommandResult(
                        0, TestResources.text("help/list_clusters.txt").replace("runner.sh", name), ""));
    }

    @Test
    void printsItsVersion() {
        CommandResult result = cli.run("--version");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("Emrelay [0-9]+\\.[0-9]+\\.[0-9]+\\S*(, commit [0-9a-f]{12}(-modified)?)?"),
                        line -> assertThat(line).matches("Spark 3\\.5\\.[0-9]+"),
                        line -> assertThat(line).matches("Java [0-9]+.* \\(.+\\)"));
        assertThat(result.err()).isEmpty();
        assertThat(new BuildVersion("1.2.3", "3.5.6", "").text("17.0.1 (Vendor)"))
                .isEqualTo("""
                        Emrelay 1.2.3
                        Spark 3.5.6
                        Java 17.0.1 (Vendor)
                        """);
        assertThat(new BuildVersion("1.2.3", "3.5.6", "0123456789ab").text("17"))
                .isEqualTo("""
                        Emrelay 1.2.3, commit 0123456789ab
                        Spark 3.5.6
                        Java 17
                        """);
    }

    @Test
    void requiresAnAction() {
        assertThat(cli.run("-steps", "steps.json"))
                .isEqualTo(
                        usage("No action. Pass one of: " + ACTIONS + ". Example: runner.sh -a run -steps steps.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a", "--action", "--Action"})
    void requiresAnActionAfterItsFlag(String flag) {
        CommandResult expected = usage(flag + " needs an action: " + ACTIONS + ".");

        assertThat(cli.run(flag)).isEqualTo(expected);
        assertThat(cli.run(flag + "=")).isEqualTo(expected);
        assertThat(cli.run(flag, "")).isEqualTo(expected);
        assertThat(cli.run("--help", flag)).isEqualTo(expected);
    }

    @Test
    void suggestsAnActionForAnUnknownOne() {
        assertThat(cli.run("-a", "validat"))
                .isEqualTo(usage("Unknown action 'validat'. Did you mean 'validate'? Actions: " + ACTIONS + "."));
        assertThat(cli.run("-a", "dance")).isEqualTo(usage("Unknown action 'dance'. Actions: " + ACTIONS + "."));
    }

    @Test
    void acceptsTheActionInAnyPositionAndSpelling() {
        CommandResult none = new CommandResult(0, "No clusters.\n", "");

        assertThat(cli.run("-a", "list_clusters", "--workspace", "w")).isEqualTo(none);
        assertThat(cli.run("--workspace", "w", "-a", "list_clusters")).isEqualTo(none);
        assertThat(cli.run("--workspace=w", "--action", "list_clusters", "--verbose"))
                .isEqualTo(none);
        assertThat(cli.run("--Action", "list_clusters")).isEqualTo(none);
        assertThat(cli.run("--action=list_clusters")).isEqualTo(none);
        assertThat(cli.run("--Action=list_clusters")).isEqualTo(none);
        assertThat(cli.run("-a=list_clusters")).isEqualTo(none);
    }

    @Test
    void rejectsASecondAction() {
        assertThat(cli.run("-a", "validate", "--action=plan"))
                .isEqualTo(usage("Two actions: validate and plan. Pass one."));
    }

    @Test
    void suggestsAnOptionForAnUnknownOne() {
        assertThat(cli.run("-a", "validate", "-step", "x"))
                .isEqualTo(usage("Unknown option '-step'. Did you mean '-steps'? See runner.sh -a validate --help."));
        assertThat(cli.run("-a", "list_steps", "--cluster-id", "x"))
                .isEqualTo(
                        usage(
                                "Unknown option '--cluster-id'. Did you mean '--cluster_id'? See runner.sh -a list_steps --help."));
        assertThat(cli.run("-a", "validate", "--nonsense"))
                .isEqualTo(usage("Unknown option '--nonsense'. See runner.sh -a validate --help."));
    }

    @Test
    void suggestsNoOneLetterOption() {
        assertThat(cli.run("-a", "validate", "-c", "demo"))
                .isEqualTo(usage("Unknown option '-c'. See runner.sh -a validate --help."));
    }

    @Test
    void acceptsTheActionAsAWord() {
        CommandResult none = new CommandResult(0, "No clusters.\n", "");

        assertThat(cli.run("list_clusters")).isEqualTo(none);
        assertThat(cli.run("list-clusters", "--workspace", "w")).isEqualTo(none);
        assertThat(cli.run("--workspace", "w", "list_clusters")).isEqualTo(none);
        assertThat(cli.run("-a", "list-clusters")).isEqualTo(none);
        assertThat(cli.run("fetch-output", "--help"))
                .isEqualTo(new CommandResult(0, TestResources.text("help/fetch_output.txt"), ""));
    }

    @Test
    void suggestsAnActionForAMistypedWord() {
        assertThat(cli.run("lst_steps", "-idc", "j-1"))
                .isEqualTo(usage("Unknown action 'lst_steps'. Did you mean 'list_steps'? Actions: " + ACTIONS + "."));
        assertThat(cli.run("steps.json")).isEqualTo(usage("Unknown action 'steps.json'. Actions: " + ACTIONS + "."));
    }

    @Test
    void aFlaggedActionMakesWordsArguments() {
        assertThat(cli.run("run", "-a", "plan"))
                .isEqualTo(new CommandResult(
                        3, "", "run: file not found. Relative paths are resolved against the current directory.\n"));
        assertThat(cli.run("plan", "-a", "run", "-a", "validate"))
                .isEqualTo(usage("Two actions: run and validate. Pass one."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "plan", "run"})
    void acceptsTheStepsFileAsAWord(String action) {
        CommandResult missing = new CommandResult(
                3, "", "my.json: file not found. Relative paths are resolved against the current directory.\n");
        CommandResult expected = action.equals("validate") ? new CommandResult(3, missing.err(), "") : missing;

        assertThat(cli.run("-a", action, "-steps", "my.json")).isEqualTo(expected);
        assertThat(cli.run(action, "my.json")).isEqualTo(expected);
        assertThat(cli.run(action, "-p", "rows=1", "my.json", "-t", "emr")).isEqualTo(expected);
    }

    @Test
    void aStepsFileIsNoRunToResume() {
        CommandResult expected = new CommandResult(
                3, "", "my.json: file not found. Relative paths are resolved against the current directory.\n");

        assertThat(cli.run("run", "--resume", "my.json")).isEqualTo(expected);
        assertThat(cli.run("run", "--resume", "20261121-034512-8ffa", "my.json"))
                .isEqualTo(expected);
        assertThat(cli.run("run", "my.json", "--resume")).isEqualTo(expected);
        assertThat(cli.run("run", "--resume", "-steps", "my.json")).isEqualTo(expected);
    }

    @Test
    void rejectsASecondStepsFile() {
        assertThat(cli.run("plan", "a.json", "-steps", "b.json"))
                .isEqualTo(usage("Two steps files: one with -steps and one without. Pass one."));
        assertThat(cli.run("plan", "a.json", "b.json"))
                .isEqualTo(usage("Unknown argument 'b.json'. See runner.sh -a plan --help."));
    }

    @Test
    void requiresOptionValuesAndRequiredOptions() {
        assertThat(cli.run("-a", "validate", "-steps"))
                .isEqualTo(usage(
                        "Missing required parameter for option '--steps' (FILE). See runner.sh -a validate --help."));
        assertThat(cli.run("-a", "validate", "-steps", "-cluster", "c.json"))
                .isEqualTo(
                        usage(
                                "Expected parameter for option '--steps' but found '-cluster'. See runner.sh -a validate --help."));
        assertThat(cli.run("-a", "create_cluster", "-t", "local"))
                .isEqualTo(usage("Missing required option: '--cname=NAME'. See runner.sh -a create_cluster --help."));
    }

    @Test
    void rejectsAnEmptyPath() {
        assertThat(cli.run("-a", "validate", "-steps", ""))
                .isEqualTo(usage("Invalid value for option '--steps': the path is empty."
                        + " See runner.sh -a validate --help."));
        assertThat(cli.run("-a", "list_clusters", "--workspace="))
                .isEqualTo(usage("Invalid value for option '--workspace': the path is empty."
                        + " See runner.sh -a list_clusters --help."));
    }

    @Test
    void rejectsAnInvalidPath() {
        assertThat(cli.run("-a", "validate", "-steps", "a\0b"))
                .isEqualTo(
                        usage(
                                "Invalid value for option '--steps': 'a\\u0000b' is not a valid path here; non-ASCII"
                                        + " characters need a UTF-8 locale, such as LC_ALL=C.UTF-8. See runner.sh -a validate --help."));
    }

    @Test
    void listsTheChoicesForAnInvalidOne() {
        assertThat(cli.run("-a", "plan", "-t", "aws"))
                .isEqualTo(usage("Invalid value for option '--target': 'aws' is not local or emr."
                        + " See runner.sh -a plan --help."));
        assertThat(cli.run("-a", "create_cluster", "-c", "demo", "-t", "aws"))
                .isEqualTo(usage("Invalid value for option '--target': 'aws' is not local or emr."
                        + " See runner.sh -a create_cluster --help."));
        assertThat(cli.run("-a", "plan", "--output", "xml"))
                .isEqualTo(usage("Invalid value for option '--output': 'xml' is not text or json."
                        + " See runner.sh -a plan --help."));
    }

    @Test
    void acceptsChoicesInUpperCase() {
        assertThat(cli.run("-a", "list_clusters", "--output", "JSON"))
                .isEqualTo(new CommandResult(0, "{\n  \"clusters\" : [ ]\n}\n", ""));
    }

    @Test
    void rejectsAParameterWithoutNameOrValue() {
        assertThat(cli.run("-a", "plan", "-p", "titles"))
                .isEqualTo(usage("-p 'titles' is not of the form NAME=VALUE, such as -p rows=1000."));
        assertThat(cli.run("-a", "plan", "-p", "=5"))
                .isEqualTo(usage("-p '=5' is not of the form NAME=VALUE, such as -p rows=1000."));
    }

    @Test
    void usageErrorsMaskSecrets() {
        assertThat(cli.run("-a", "plan", "-p", "db_password:canary"))
                .isEqualTo(usage("-p 'db_password:****' is not of the form NAME=VALUE, such as -p rows=1000."));
        assertThat(cli.run("-a", "plan", "--db_password=canary"))
                .isEqualTo(usage("Unknown option '--db_password=****'. See runner.sh -a plan --help."));
        assertThat(cli.run("-a", "plan", "-p", "db_password", "canary"))
                .isEqualTo(usage("-p 'db_password' is not of the form NAME=VALUE, such as -p rows=1000."));
        assertThat(cli.run("-a", "plan", "https://token@host/canary?token=canary&x=1"))
                .isEqualTo(usage("Invalid value for positional parameter at index 0 (FILE):"
                        + " 'https://****@host/canary?token=****&x=1' is a URI, not a file on this computer."
                        + " See runner.sh -a plan --help."));
        assertThat(cli.run("-a", "plan", "-steps", "s3://u:canary@b/x.json?token=canary"))
                .isEqualTo(usage("Invalid value for option '--steps': 's3://****@b/x.json?token=****' is a URI, not a"
                        + " file on this computer. See runner.sh -a plan --help."));
    }

    @Test
    void rejectsARepeatedOption() {
        assertThat(cli.run("-a", "plan", "-steps", "a.json", "--sfile", "b.json"))
                .isEqualTo(
                        usage("option '--steps' (FILE) should be specified only once. See runner.sh -a plan --help."));
    }

    @Test
    void doesNotExpandArgumentFiles() {
        cli.file("options", "--help");

        assertThat(cli.inDirectory("").run("-a", "plan", "@options"))
                .isEqualTo(new CommandResult(3, "", "@options: file not found. Did you mean 'options'?\n"));
    }

    @Test
    void printsAStackTraceForAUsageErrorWithVerbose() {
        CommandResult result = cli.run("-a", "validat", "--verbose");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("Unknown action 'validat'. Did you mean 'validate'? Actions: " + ACTIONS
                        + ".\norg.emrelay.runner.service.CommandFailure: Unknown action");
    }

    private static CommandResult usage(String message) {
        return new CommandResult(2, "", message + "\n");
    }
}
