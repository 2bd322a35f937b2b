package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.StepsFileFixture.singleStep;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.Arguments;
import org.emrelay.runner.model.Step;
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

    private StepsFileFixture fixture;

    @BeforeEach
    void createFiles() {
        fixture = new StepsFileFixture(directory).file("job.py");
    }

    private Arguments arguments(String args) {
        return fixture.pipeline(singleStep("\"inputs\": {\"titles\": \"s3://bucket/titles\"}, \"args\": " + args))
                .steps()
                .get(0)
                .arguments();
    }

    private static Arguments.Flag flag(String name, String... values) {
        return new Arguments.Flag(
                name, List.of(values).stream().map(Argument::literal).toList());
    }

    @Test
    void objectBecomesFlagsInOrder() {
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
    void flagWithEmptyParameterIsOmitted() {
        Arguments arguments = fixture.pipeline("""
                {"parameters": {"weight": "", "title": "name"}, "steps": [{"name": "a", "script_uri": "job.py",
                  "args": {"weight-column": "${weight}", "title-column": "${title}", "text": "x${weight}", "empty": ""}}]}
                """).steps().get(0).arguments();

        assertThat(arguments)
                .isEqualTo(new Arguments.Flags(
                        List.of(flag("title-column", "name"), flag("text", "x"), flag("empty", ""))));
    }

    @Test
    void nestedObjectBecomesJsonWithoutAdjacentBraces() throws MalformedJsonException {
        String nested =
                "{\"a\": {\"b\": {}}, \"c\": [{\"d\": null}], \"e\": \"{{x}} \\\"\\n\", \"f\": 1.50, \"{{\": true}";

        Arguments arguments = arguments("{\"json\": " + nested + ", \"list\": [{\"x\": {}}, [1]]}");

        String json =
                "{\"a\":{\"b\":{} },\"c\":[{\"d\":null}],\"e\":\"{\\u007bx}\\u007d \\\"\\n\",\"f\":1.50,\"{\\u007b\":true}";
        assertThat(arguments)
                .isEqualTo(new Arguments.Flags(List.of(flag("json", json), flag("list", "{\"x\":{} }", "[1]"))));
        assertThat(json).doesNotContain("{{").doesNotContain("}}");
        assertThat(normalizedJson(json)).isEqualTo(normalizedJson(nested));
    }

    private static String normalizedJson(String json) throws MalformedJsonException {
        return JsonReader.read(json).toString();
    }

    @Test
    void listIsPassedVerbatimWithUriPlaceholders() {
        assertThat(arguments("[\"--in=${inputs.titles}\", \"${output}\", 3, {\"to\": \"${output}\"}, \"\"]"))
                .isEqualTo(new Arguments.Verbatim(List.of(
                        Argument.of(new Argument.Literal("--in="), new Argument.InputUri("titles")),
                        Argument.of(new Argument.OutputUri()),
                        Argument.literal("3"),
                        Argument.of(
                                new Argument.Literal("{\"to\":\""),
                                new Argument.OutputUri(),
                                new Argument.Literal("\"}")),
                        Argument.literal(""))));
    }

    @Test
    void flagsCanContainUriPlaceholders() {
        assertThat(arguments("{\"log\": \"${output}.log\"}"))
                .isEqualTo(new Arguments.Flags(List.of(new Arguments.Flag(
                        "log", List.of(Argument.of(new Argument.OutputUri(), new Argument.Literal(".log")))))));
    }

    @Test
    void reportsInvalidArguments() {
        assertThat(fixture.problems(singleStep("\"args\": 7")))
                .containsExactly(
                        "steps.json: steps[0].args: must be an object of flags or a list of arguments, not the number"
                                + " 7.");
        assertThat(fixture.problems(singleStep("\"args\": [null]")))
                .containsExactly("steps.json: steps[0].args[0]: null is not a valid argument. Remove it, or use \"\".");
        assertThat(fixture.problems(singleStep("\"args\": {\"a\": \"{{x\", \"b\": \"\\u0000\", \"c\": 1, \"c\": 2}")))
                .containsExactly(
                        "steps.json: steps[0].args.c: duplicate key, repeated on line 1. Remove one of them.",
                        "steps.json: steps[0].args.a: the text contains '{{', which YARN would replace when it launches"
                                + " the container. Put a space between its characters, or pass the text in a file.",
                        "steps.json: steps[0].args.b: the text contains a NUL character, which is not possible on a"
                                + " command line.");
    }

    @Test
    void uriPlaceholdersAreLimitedToArgsAndOwnInputs() {
        assertThat(fixture.problems(singleStep("""
                        "inputs": {"titles": "s3://b/x"}, "args": ["${inputs.titels}", "${inputs.other}"], "description": "${output}",
                        "env": {"OUT": "${output}"}
                        """)))
                .containsExactly(
                        "steps.json: steps[0].description: ${output} is only allowed in args.",
                        "steps.json: steps[0].args[0]: no input named 'titels'. Known inputs: titles. Did you mean"
                                + " 'titles'?",
                        "steps.json: steps[0].args[1]: no input named 'other'. Known inputs: titles.",
                        "steps.json: steps[0].env.OUT: ${output} is only allowed in args.");
    }

    @Test
    void marksValuesWithSecretNamesAsSecret() {
        Step step = fixture.pipeline(SECRETS).steps().get(0);

        assertThat(step.arguments())
                .isEqualTo(new Arguments.Flags(List.of(
                        new Arguments.Flag("password", List.of(Argument.of(new Argument.Secret("p4ss")))),
                        new Arguments.Flag(
                                "db",
                                List.of(Argument.of(
                                        new Argument.Literal("{\"user\":\"u\",\"password\":\""),
                                        new Argument.Secret("p"),
                                        new Argument.Literal("\"}")))),
                        new Arguments.Flag("apiKey", List.of(Argument.of(new Argument.Secret("7")))),
                        new Arguments.Flag(
                                "url",
                                List.of(Argument.of(
                                        new Argument.Literal("jdbc:x?p="),
                                        new Argument.Secret("p4ss"),
                                        new Argument.Literal("&u=u")))),
                        flag("token"),
                        flag("tokens", "5"))));
        assertThat(step.settings().env()).isEqualTo(Map.of("API_TOKEN", Argument.of(new Argument.Secret("t"))));
        assertThat(step.settings().conf())
                .isEqualTo(Map.of("spark.hadoop.fs.s3a.secret.key", Argument.of(new Argument.Secret("k"))));
    }

    @Test
    void listArgumentAfterSecretFlagIsSecret() {
        assertThat(arguments("[\"--password\", \"p\", \"--db-password=q\", \"--token\", \"--verbose\", \"x\"]"))
                .isEqualTo(new Arguments.Verbatim(List.of(
                        Argument.literal("--password"),
                        Argument.of(new Argument.Secret("p")),
                        Argument.of(new Argument.Literal("--db-password="), new Argument.Secret("q")),
                        Argument.literal("--token"),
                        Argument.literal("--verbose"),
                        Argument.literal("x"))));
    }

    @Test
    void environmentVariableWithSecretNameIsSecret() {
        Step step = fixture.withEnvironment("DB_PASSWORD", "p")
                .pipeline(singleStep("\"args\": {\"url\": \"x?${env.DB_PASSWORD}\"}"))
                .steps()
                .get(0);

        assertThat(step.arguments())
                .isEqualTo(new Arguments.Flags(List.of(new Arguments.Flag(
                        "url", List.of(Argument.of(new Argument.Literal("x?"), new Argument.Secret("p")))))));
    }

    @Test
    void rejectsSecretsThatWouldBePrinted() {
        assertThat(fixture.problems("""
                        {"parameters": {"db_password": "p4ss"}, "steps": [{"name": "a", "script_uri": "job.py",
                          "inputs": {"x": "jdbc:x?${db_password}"}, "description": "${db_password}"}]}
                        """))
                .containsExactly(
                        "steps.json: steps[0].inputs.x: a secret would be printed here. Secrets are only allowed in"
                                + " args, env and spark_conf.",
                        "steps.json: steps[0].description: a secret would be printed here. Secrets are only allowed in"
                                + " args, env and spark_conf.");
    }

    @Test
    void rejectsSecretArgumentsOnEmr() {
        String refused =
                ": is or contains a secret, but EMR shows step arguments to everyone who can describe the cluster. Read it in"
                        + " the job from AWS Secrets Manager or an SSM parameter, or grant access through the instance profile."
                        + " If it is not a secret, list its name in not_secret.";

        assertThat(fixture.withRules(new PlatformRules(true, false, true)).problems(SECRETS))
                .containsExactly(
                        "steps.json: steps[0].args.password" + refused,
                        "steps.json: steps[0].args.db" + refused,
                        "steps.json: steps[0].args.apiKey" + refused,
                        "steps.json: steps[0].args.url" + refused,
                        "steps.json: steps[0].spark_conf['spark.hadoop.fs.s3a.secret.key']" + refused,
                        "steps.json: steps[0].env.API_TOKEN" + refused);
    }

    @Test
    void messagesNeverShowSecrets() {
        assertThat(fixture.problems(
                        singleStep("\"args\": {\"password\": \"hush{{\"}, \"env\": {\"TOKEN\": [\"hush\"]}")))
                .hasSize(2)
                .noneMatch(line -> line.contains("hush"));
    }

    @Test
    void textsContainSecrets() {
        assertThat(arguments("""
                        ["--conf", "spark.db.password=a=b c", "-Dtoken=t", "--url=jdbc:mysql://h/db?user=u&password=p&ssl=true",
                         "postgresql://u:p@ss@h/db", "-Xmx1g -Djavax.net.ssl.keyStorePassword=k -Dx=y", "{\\"pwd\\": \\"x\\\\\\"y\\", \\"n\\": 1}",
                         "https://h/x?token_count=3&author=me", "DefaultEndpointsProtocol=https;AccountKey=kk==;EndpointSuffix=s"]
                        """))
                .isEqualTo(new Arguments.Verbatim(List.of(
                        Argument.literal("--conf"),
                        masked("spark.db.password=", "a=b c", ""),
                        masked("-Dtoken=", "t", ""),
                        masked("--url=jdbc:mysql://h/db?user=u&password=", "p", "&ssl=true"),
                        masked("postgresql://u:", "p@ss", "@h/db"),
                        masked("-Xmx1g -Djavax.net.ssl.keyStorePassword=", "k", " -Dx=y"),
                        masked("{\"pwd\": \"", "x\\\"y", "\", \"n\": 1}"),
                        Argument.literal("https://h/x?token_count=3&author=me"),
                        masked("DefaultEndpointsProtocol=https;AccountKey=", "kk==", ";EndpointSuffix=s"))));
    }

    @Test
    void headersLinesAndFlagsWithinATextContainSecrets() {
        assertThat(arguments("""
                        ["-H", "Authorization: Bearer canary.1", "curl -H 'Authorization: Basic Y2FuYXJ5' https://h", "Proxy-Authorization: canary",
                         "[default]\\naws_secret_access_key = can+ary/=\\nregion = x", "aws_session_token = canary 2", "user: u\\npassword: canary\\nport: 1",
                         "password: can ary", "load --user u --password canary --verbose", "load --password 'can ary'", "{'api_key': 'canary'}",
                         "{\\"headers\\": {\\"Authorization\\": \\"Bearer canary\\"} }", "author: x, password: \\"canary\\"", "token= canary"]
                        """))
                .isEqualTo(new Arguments.Verbatim(List.of(
                        Argument.literal("-H"),
                        masked("Authorization: Bearer ", "canary.1", ""),
                        masked("curl -H 'Authorization: Basic ", "Y2FuYXJ5", "' https://h"),
                        masked("Proxy-Authorization: ", "canary", ""),
                        masked("[default]\naws_secret_access_key = ", "can+ary/=", "\nregion = x"),
                        masked("aws_session_token = ", "canary 2", ""),
                        masked("user: u\npassword: ", "canary", "\nport: 1"),
                        masked("password: ", "can ary", ""),
                        masked("load --user u --password ", "canary", " --verbose"),
                        masked("load --password '", "can ary", "'"),
                        masked("{'api_key': '", "canary", "'}"),
                        masked("{\"headers\": {\"Authorization\": \"Bearer ", "canary", "\"} }"),
                        masked("author: x, password: \"", "canary", "\""),
                        masked("token= ", "canary", ""))));
    }

    @Test
    void harmlessTextsContainNoSecrets() {
        List<String> texts = List.of(
                "key: value",
                "author: x",
                "tokenizer = bert",
                "max_tokens: 5",
                "arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db",
                "the basic idea: see wiki",
                "Bearer of news",
                "authorization_type: Basic",
                "--author x --tokenizer bert --max-tokens 5",
                "--password --verbose",
                "--use-password=",
                "a multi-password b",
                "token == 'x'",
                "a secret or a password of the user",
                "hadoop.security.authorization: true",
                "s3://bucket/password/x");

        assertThat(arguments("[\"" + String.join("\", \"", texts) + "\"]"))
                .isEqualTo(new Arguments.Verbatim(
                        texts.stream().map(Argument::literal).toList()));
    }

    private static Argument masked(String before, String secret, String after) {
        Argument.Part[] parts = {new Argument.Literal(before), new Argument.Secret(secret), new Argument.Literal(after)
        };
        return after.isEmpty() ? Argument.of(parts[0], parts[1]) : Argument.of(parts);
    }

    @Test
    void secretOfParametersIsFoundInComposedText() {
        assertThat(fixture.withParameter("db", "hush")
                        .pipeline("""
                                {"parameters": {"db": ""}, "steps": [{"name": "a", "script_uri": "job.py",
                                  "args": {"url": "jdbc:x?password=${db}&u=u"}}]}
                                """)
                        .steps()
                        .get(0)
                        .arguments())
                .isEqualTo(new Arguments.Flags(
                        List.of(new Arguments.Flag("url", List.of(masked("jdbc:x?password=", "hush", "&u=u"))))));
    }

    @Test
    void rejectsUrisWithSecrets() {
        assertThat(fixture.problems("""
                        {"steps": [{"name": "a", "script_uri": "https://u:p@h/job.py", "inputs": {"x": "jdbc:x://h?token=t"},
                          "output": {"uri": "ftp://u:p@h/out"}}]}
                        """))
                .containsExactly(
                        "steps.json: steps[0].inputs.x: the URI contains a secret, which would be printed. Pass it in args,"
                                + " env or spark_conf. If it is not a secret, list its name in not_secret.",
                        "steps.json: steps[0].output.uri: the URI contains a secret, which would be printed. Pass it in args,"
                                + " env or spark_conf. If it is not a secret, list its name in not_secret.",
                        "steps.json: steps[0].script_uri: the URI contains a secret, which would be printed. Pass it in args,"
                                + " env or spark_conf. If it is not a secret, list its name in not_secret.");
    }

    @Test
    void namesThatAreNotSecretAreAllowedOnEmr() {
        StepsFileFixture emr = fixture.withRules(new PlatformRules(true, false, true));

        assertThat(emr.pipeline("""
                        {"not_secret": ["first_pass", "reset_token"], "parameters": {"first_pass": 1}, "steps": [{"name": "a",
                          "script_uri": "s3://b/job.py", "inputs": {"x": "s3://b/x?reset_token=1"},
                          "args": ["--first-pass", "${first_pass}", "--reset-token=x"], "env": {"FIRST_PASS": "1"}}]}
                        """).steps().get(0).arguments())
                .isEqualTo(new Arguments.Verbatim(List.of(
                        Argument.literal("--first-pass"), Argument.literal("1"), Argument.literal("--reset-token=x"))));
        assertThat(emr.problems("""
                        {"not_secret": ["author", 7], "steps": [{"name": "a", "script_uri": "s3://b/job.py"}]}
                        """))
                .containsExactly(
                        "steps.json: not_secret[1]: must be a string, not the number 7.",
                        "steps.json: not_secret[0]: 'author' does not count as a secret anyway. Remove it.");
    }
}
