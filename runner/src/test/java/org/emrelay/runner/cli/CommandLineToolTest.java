package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.emrelay.runner.cli.Prompt.CommandResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineToolTest {
    private static final String ACTIONS =
            "validate, plan, run, create_cluster, add_steps, execute_steps, list_steps, delete_steps, logs, fetch_output,"
                    + " list_clusters, describe_cluster, terminate_cluster";

    @TempDir
    Path directory;

    private Prompt prompt;

    @BeforeEach
    void stand() {
        prompt = new Prompt(directory);
    }

    @Test
    void showsTheOverviewWhenAsked() {
        CommandResult said = prompt.type("--help");

        assertThat(said).isEqualTo(new CommandResult(0, Golden.text("help/overview.txt"), ""));
        assertThat(prompt.type("-h")).isEqualTo(said);
    }

    @Test
    void showsTheOverviewAsAnErrorWhenNothingIsSaid() {
        assertThat(prompt.type()).isEqualTo(new CommandResult(2, "", Golden.text("help/overview.txt")));
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
                "list_steps",
                "delete_steps",
                "logs",
                "fetch_output",
                "list_clusters",
                "describe_cluster",
                "terminate_cluster"
            })
    void explainsEachActionWithAnExample(String action) {
        CommandResult said = prompt.type("-a", action, "--help");

        assertThat(said).isEqualTo(new CommandResult(0, Golden.text("help/" + action + ".txt"), ""));
        assertThat(said.out()).containsPattern("Examples?:(\n )? runner.sh -a " + action);
        assertThat(Action.keys()).contains(action).hasSize(13);
    }

    @Test
    void showsAProgramsNameAsItIsWhateverItHolds() {
        String name = "/100% of ${it}/@|bold x|@/runner.sh";

        assertThat(prompt.named(name).type("-a", "list_clusters", "--help"))
                .isEqualTo(new CommandResult(
                        0, Golden.text("help/list_clusters.txt").replace("runner.sh", name), ""));
    }

    @Test
    void saysItsVersion() {
        assertThat(prompt.type("--version")).isEqualTo(new CommandResult(0, "runner (not packaged)\n", ""));
    }

    @Test
    void asksForAnActionWhereNoneIsGiven() {
        assertThat(prompt.type("-steps", "steps.json"))
                .isEqualTo(usage("No action is given: put -a and one of " + ACTIONS
                        + " first. Example: runner.sh -a run -steps steps.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a", "--action", "--Action"})
    void asksForTheActionBehindItsFlag(String flag) {
        CommandResult expected = usage(flag + " needs an action behind it: " + ACTIONS + ".");

        assertThat(prompt.type(flag)).isEqualTo(expected);
        assertThat(prompt.type(flag + "=")).isEqualTo(expected);
        assertThat(prompt.type(flag, "")).isEqualTo(expected);
        assertThat(prompt.type("--help", flag)).isEqualTo(expected);
    }

    @Test
    void namesTheNearestActionForOneThatIsUnknown() {
        assertThat(prompt.type("-a", "validat"))
                .isEqualTo(usage("There is no action 'validat'. Did you mean 'validate'? Actions: " + ACTIONS + "."));
        assertThat(prompt.type("-a", "dance"))
                .isEqualTo(usage("There is no action 'dance'. Actions: " + ACTIONS + "."));
    }

    @Test
    void takesTheActionInAnyPlaceAndSpelling() {
        CommandResult none = new CommandResult(0, "No clusters.\n", "");

        assertThat(prompt.type("-a", "list_clusters", "--workspace", "w")).isEqualTo(none);
        assertThat(prompt.type("--workspace", "w", "-a", "list_clusters")).isEqualTo(none);
        assertThat(prompt.type("--workspace=w", "--action", "list_clusters", "--verbose"))
                .isEqualTo(none);
        assertThat(prompt.type("--Action", "list_clusters")).isEqualTo(none);
        assertThat(prompt.type("--action=list_clusters")).isEqualTo(none);
        assertThat(prompt.type("--Action=list_clusters")).isEqualTo(none);
        assertThat(prompt.type("-a=list_clusters")).isEqualTo(none);
    }

    @Test
    void refusesASecondAction() {
        assertThat(prompt.type("-a", "validate", "--action=plan"))
                .isEqualTo(usage("Two actions are given, validate and plan: name one."));
    }

    @Test
    void namesTheNearestOptionForOneThatIsUnknown() {
        assertThat(prompt.type("-a", "validate", "-step", "x"))
                .isEqualTo(usage("Unknown option '-step'. Did you mean '--steps'? See runner.sh -a validate --help."));
        assertThat(prompt.type("-a", "list_steps", "--cluster-id", "x"))
                .isEqualTo(
                        usage(
                                "Unknown option '--cluster-id'. Did you mean '--cluster_id'? See runner.sh -a list_steps --help."));
        assertThat(prompt.type("-a", "validate", "--nonsense"))
                .isEqualTo(usage("Unknown option '--nonsense'. See runner.sh -a validate --help."));
    }

    @Test
    void guessesNoOptionOfOneLetter() {
        assertThat(prompt.type("-a", "validate", "-c", "demo"))
                .isEqualTo(usage("Unknown option '-c'. See runner.sh -a validate --help."));
    }

    @Test
    void refusesAnArgumentThatIsNoOption() {
        assertThat(prompt.type("-a", "plan", "steps.json"))
                .isEqualTo(usage("Unknown argument 'steps.json'. See runner.sh -a plan --help."));
    }

    @Test
    void asksForAValueThatIsMissing() {
        assertThat(prompt.type("-a", "validate", "-steps"))
                .isEqualTo(usage(
                        "Missing required parameter for option '--steps' (FILE). See runner.sh -a validate --help."));
        assertThat(prompt.type("-a", "validate", "-steps", "-cluster", "c.json"))
                .isEqualTo(
                        usage(
                                "Expected parameter for option '--steps' but found '-cluster'. See runner.sh -a validate --help."));
        assertThat(prompt.type("-a", "create_cluster", "-t", "local"))
                .isEqualTo(usage("Missing required option: '--cname=NAME'. See runner.sh -a create_cluster --help."));
    }

    @Test
    void refusesAnEmptyPath() {
        assertThat(prompt.type("-a", "validate", "-steps", ""))
                .isEqualTo(usage("Invalid value for option '--steps': a path is needed, and it is empty."
                        + " See runner.sh -a validate --help."));
        assertThat(prompt.type("-a", "list_clusters", "--workspace="))
                .isEqualTo(usage("Invalid value for option '--workspace': a path is needed, and it is empty."
                        + " See runner.sh -a list_clusters --help."));
    }

    @Test
    void refusesWhatCannotBeAPath() {
        assertThat(prompt.type("-a", "validate", "-steps", "a\0b"))
                .isEqualTo(
                        usage(
                                "Invalid value for option '--steps': 'a\0b' is no path of this machine; letters"
                                        + " beyond ASCII need a UTF-8 locale, such as LC_ALL=C.UTF-8. See runner.sh -a validate --help."));
    }

    @Test
    void namesTheChoicesWhereAWordIsNoneOfThem() {
        assertThat(prompt.type("-a", "plan", "-t", "aws"))
                .isEqualTo(usage("Invalid value for option '--target': 'aws' is neither local nor emr."
                        + " See runner.sh -a plan --help."));
        assertThat(prompt.type("-a", "create_cluster", "-c", "demo", "-t", "aws"))
                .isEqualTo(usage("Invalid value for option '--target': 'aws' is neither local nor emr."
                        + " See runner.sh -a create_cluster --help."));
        assertThat(prompt.type("-a", "plan", "--output", "xml"))
                .isEqualTo(usage("Invalid value for option '--output': 'xml' is neither text nor json."
                        + " See runner.sh -a plan --help."));
    }

    @Test
    void takesTheChoicesInCapitalsToo() {
        assertThat(prompt.type("-a", "list_clusters", "--output", "JSON"))
                .isEqualTo(new CommandResult(0, "{\n  \"clusters\" : [ ]\n}\n", ""));
    }

    @Test
    void asksForAParameterWithItsValue() {
        assertThat(prompt.type("-a", "plan", "-p", "titles"))
                .isEqualTo(usage("-p 'titles': a parameter is given as NAME=VALUE, such as -p rows=1000."));
        assertThat(prompt.type("-a", "plan", "-p", "=5"))
                .isEqualTo(usage("-p '=5': a parameter is given as NAME=VALUE, such as -p rows=1000."));
    }

    @Test
    void refusesAnOptionThatIsGivenTwice() {
        assertThat(prompt.type("-a", "plan", "-steps", "a.json", "--sfile", "b.json"))
                .isEqualTo(
                        usage("option '--steps' (FILE) should be specified only once. See runner.sh -a plan --help."));
    }

    @Test
    void readsNoArgumentsFromAFileThatBeginsWithAnAtSign() {
        prompt.file("options", "--help");

        assertThat(prompt.in("").type("-a", "plan", "@" + prompt.path("options")))
                .isEqualTo(usage("Unknown argument '@DIR/options'. See runner.sh -a plan --help."));
    }

    @Test
    void showsAStackTraceOfAUsersMistakeOnlyWhenAsked() {
        CommandResult said = prompt.type("-a", "validat", "--verbose");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err())
                .startsWith("There is no action 'validat'. Did you mean 'validate'? Actions: " + ACTIONS
                        + ".\norg.emrelay.runner.cli.CommandFailure: There is no action");
    }

    private static CommandResult usage(String message) {
        return new CommandResult(2, "", message + "\n");
    }
}
