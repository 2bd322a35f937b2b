package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.StepsFolder.only;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonSyntaxException;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.Step;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.model.Template;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArgumentsParserTest {
    private static final String SECRETS = """
            {"parameters": {"db_password": "p4ss"}, "steps": [{"name": "a", "script_uri": "job.py",
              "args": {"password": "${db_password}", "db": {"user": "u", "password": "p"}, "apiKey": 7, "url": "jdbc:x?p=${db_password}&u=u",
                       "token": true, "tokens": 5},
              "env": {"API_TOKEN": "t"}, "spark_conf": {"spark.hadoop.fs.s3a.secret.key": "k"}}]}
            """;

    @TempDir
    Path directory;

    private StepsFolder folder;

    @BeforeEach
    void layOut() {
        folder = new StepsFolder(directory).file("job.py");
    }

    private Arguments arguments(String args) {
        return folder.pipeline(only("\"inputs\": {\"titles\": \"s3://bucket/titles\"}, \"args\": " + args))
                .steps()
                .get(0)
                .arguments();
    }

    private static Arguments.Flag flag(String name, String... values) {
        return new Arguments.Flag(
                name, List.of(values).stream().map(Template::literal).toList());
    }

    @Test
    void anObjectIsFlagsInItsOrder() {
        assertThat(arguments("""
                {"text": "x", "n": 0.10, "e": 1E400, "bare": true, "off": false, "nothing": null, "many": ["a", 2, true], "none": [], "empty": ""}
                """))
                .isEqualTo(new Arguments.Flags(List.of(
                        flag("text", "x"),
                        flag("n", "0.10"),
                        flag("e", "1E400"),
                        flag("bare"),
                        flag("many", "a", "2", "true"),
                        flag("empty", ""))));
    }

    @Test
    void aFlagWhoseParameterIsAnEmptyTextIsLeftOut() {
        Arguments arguments = folder.pipeline("""
                {"parameters": {"weight": "", "title": "name"}, "steps": [{"name": "a", "script_uri": "job.py",
                  "args": {"weight-column": "${weight}", "title-column": "${title}", "text": "x${weight}", "empty": ""}}]}
                """).steps().get(0).arguments();

        assertThat(arguments)
                .isEqualTo(new Arguments.Flags(
                        List.of(flag("title-column", "name"), flag("text", "x"), flag("empty", ""))));
    }

    @Test
    void anObjectInsideIsJsonInWhichBracesNeverMeet() throws JsonSyntaxException {
        String inner =
                "{\"a\": {\"b\": {}}, \"c\": [{\"d\": null}], \"e\": \"{{x}} \\\"\\n\", \"f\": 1.50, \"{{\": true}";

        Arguments arguments = arguments("{\"json\": " + inner + ", \"list\": [{\"x\": {}}, [1]]}");

        String written =
                "{\"a\":{\"b\":{} },\"c\":[{\"d\":null}],\"e\":\"{\\u007bx}\\u007d \\\"\\n\",\"f\":1.50,\"{\\u007b\":true}";
        assertThat(arguments)
                .isEqualTo(new Arguments.Flags(List.of(flag("json", written), flag("list", "{\"x\":{} }", "[1]"))));
        assertThat(written).doesNotContain("{{").doesNotContain("}}");
        assertThat(withoutLines(written)).isEqualTo(withoutLines(inner));
    }

    private static String withoutLines(String json) throws JsonSyntaxException {
        return JsonReader.read(json).toString();
    }

    @Test
    void aListIsPassedOnWordForWordWithThePlacesItNames() {
        assertThat(arguments("[\"--in=${inputs.titles}\", \"${output}\", 3, {\"to\": \"${output}\"}, \"\"]"))
                .isEqualTo(new Arguments.Verbatim(List.of(
                        Template.of(new Template.Literal("--in="), new Template.InputUri("titles")),
                        Template.of(new Template.OutputUri()),
                        Template.literal("3"),
                        Template.of(
                                new Template.Literal("{\"to\":\""),
                                new Template.OutputUri(),
                                new Template.Literal("\"}")),
                        Template.literal(""))));
    }

    @Test
    void flagsMayNamePlacesToo() {
        assertThat(arguments("{\"log\": \"${output}.log\"}"))
                .isEqualTo(new Arguments.Flags(List.of(new Arguments.Flag(
                        "log", List.of(Template.of(new Template.OutputUri(), new Template.Literal(".log")))))));
    }

    @Test
    void whatCannotBeAnArgumentIsAProblem() {
        assertThat(folder.problems(only("\"args\": 7")))
                .containsExactly(
                        "steps.json: steps[0].args: must be an object of flags or a list of words, not the number 7.");
        assertThat(folder.problems(only("\"args\": [null]")))
                .containsExactly("steps.json: steps[0].args[0]: null is no word. Leave it out, or write \"\".");
        assertThat(folder.problems(only("\"args\": {\"a\": \"{{x\", \"b\": \"\\u0000\", \"c\": 1, \"c\": 2}")))
                .containsExactly(
                        "steps.json: steps[0].args.c: the key stands twice in the same object, again on line 1. Remove one of the"
                                + " two.",
                        "steps.json: steps[0].args.a: the text holds '{{', which YARN would change on its way to the script. Put a"
                                + " space between the braces, or pass the text in a file.",
                        "steps.json: steps[0].args.b: the text holds a NUL character, which no command line can.");
    }

    @Test
    void onlyInputsOfTheStepCanBeNamedAndOnlyInArguments() {
        assertThat(folder.problems(only("""
                        "inputs": {"titles": "s3://b/x"}, "args": ["${inputs.titels}", "${inputs.other}"], "description": "${output}",
                        "env": {"OUT": "${output}"}
                        """)))
                .containsExactly(
                        "steps.json: steps[0].description: ${output} stands for a place in args only.",
                        "steps.json: steps[0].args[0]: the step has no input named 'titels'. Its inputs: titles. Did you mean"
                                + " 'titles'?",
                        "steps.json: steps[0].args[1]: the step has no input named 'other'. Its inputs: titles.",
                        "steps.json: steps[0].env.OUT: ${output} stands for a place in args only.");
    }

    @Test
    void whatIsSecretByItsNameIsMarkedSo() {
        Step step = folder.pipeline(SECRETS).steps().get(0);

        assertThat(step.arguments())
                .isEqualTo(new Arguments.Flags(List.of(
                        new Arguments.Flag("password", List.of(Template.secret("p4ss"))),
                        new Arguments.Flag(
                                "db",
                                List.of(Template.of(
                                        new Template.Literal("{\"user\":\"u\",\"password\":\""),
                                        new Template.Secret("p"),
                                        new Template.Literal("\"}")))),
                        new Arguments.Flag("apiKey", List.of(Template.secret("7"))),
                        new Arguments.Flag(
                                "url",
                                List.of(Template.of(
                                        new Template.Literal("jdbc:x?p="),
                                        new Template.Secret("p4ss"),
                                        new Template.Literal("&u=u")))),
                        flag("token"),
                        flag("tokens", "5"))));
        assertThat(step.settings().env()).isEqualTo(Map.of("API_TOKEN", Template.secret("t")));
        assertThat(step.settings().conf()).isEqualTo(Map.of("spark.hadoop.fs.s3a.secret.key", Template.secret("k")));
    }

    @Test
    void inAListTheWordAfterASecretFlagIsSecret() {
        assertThat(arguments("[\"--password\", \"p\", \"--db-password=q\", \"--token\", \"--verbose\", \"x\"]"))
                .isEqualTo(new Arguments.Verbatim(List.of(
                        Template.literal("--password"),
                        Template.secret("p"),
                        Template.of(new Template.Literal("--db-password="), new Template.Secret("q")),
                        Template.literal("--token"),
                        Template.literal("--verbose"),
                        Template.literal("x"))));
    }

    @Test
    void anEnvironmentVariableMayBeSecretByItsName() {
        Step step = folder.withEnvironment("DB_PASSWORD", "p")
                .pipeline(only("\"args\": {\"url\": \"x?${env.DB_PASSWORD}\"}"))
                .steps()
                .get(0);

        assertThat(step.arguments())
                .isEqualTo(new Arguments.Flags(List.of(new Arguments.Flag(
                        "url", List.of(Template.of(new Template.Literal("x?"), new Template.Secret("p")))))));
    }

    @Test
    void aSecretCannotStandWhereItWouldBePrinted() {
        assertThat(folder.problems("""
                        {"parameters": {"db_password": "p4ss"}, "steps": [{"name": "a", "script_uri": "job.py",
                          "inputs": {"x": "jdbc:x?${db_password}"}, "description": "${db_password}"}]}
                        """))
                .containsExactly(
                        "steps.json: steps[0].inputs.x: a secret would be printed here. Secrets can stand in args, env and spark_conf"
                                + " only.",
                        "steps.json: steps[0].description: a secret would be printed here. Secrets can stand in args, env and"
                                + " spark_conf only.");
    }

    @Test
    void onEmrNothingSecretMayReachACommand() {
        String refused =
                ": is secret by its name, and EMR shows the command of a step to everybody who may look at the cluster. Let"
                        + " the role of the cluster's nodes give access, or let the script read it from AWS Secrets Manager.";

        assertThat(folder.on(Target.EMR).problems(SECRETS))
                .containsExactly(
                        "steps.json: steps[0].args.password" + refused,
                        "steps.json: steps[0].args.db" + refused,
                        "steps.json: steps[0].args.apiKey" + refused,
                        "steps.json: steps[0].args.url" + refused,
                        "steps.json: steps[0].spark_conf['spark.hadoop.fs.s3a.secret.key']" + refused,
                        "steps.json: steps[0].env.API_TOKEN" + refused);
    }

    @Test
    void noMessageShowsASecret() {
        assertThat(folder.problems(only("\"args\": {\"password\": \"hush{{\"}, \"env\": {\"TOKEN\": [\"hush\"]}")))
                .hasSize(2)
                .noneMatch(line -> line.contains("hush"));
    }
}
