package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.StepsFileFixture.singleStep;

import java.nio.file.Path;
import org.emrelay.runner.model.Pipeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StepProblemsTest {
    @TempDir
    Path directory;

    private StepsFileFixture fixture;

    @BeforeEach
    void createFiles() {
        fixture = new StepsFileFixture(directory)
                .file("job.py")
                .file("other.py")
                .jar("jobs.jar", "org.example.ExtractWords", "org.example.CountWords", "org.example.CountWords$")
                .file("data/mask.png");
    }

    @Test
    void reportsAllProblemsAtOnce() {
        assertThat(fixture.problems("""
                        {"nmae": "x",
                         "steps": [
                          {"name": "words", "script_uri": "jobs.jar", "main_class": "org.example.ExtractWord", "executor_memory": "18",
                           "executor_memory": "2G"},
                          {"script_uri": "jbo.py", "inputs": {"words": {"from_step": "wrods"}, "empty": {}}, "retries": -1}]}
                        """))
                .containsExactly(
                        "steps.json: nmae: unknown key 'nmae'. Did you mean 'name'?",
                        "steps.json: steps[0].executor_memory: duplicate key, repeated on line 4. Remove one of them.",
                        "steps.json: steps[1].name: required key is missing.",
                        "steps.json: steps[0].executor_memory: '18' has no unit: use 18G or 18M.",
                        "steps.json: steps[0].main_class: class org.example.ExtractWord not found in DIR/jobs.jar. Did"
                                + " you mean 'org.example.ExtractWords'?",
                        "steps.json: steps[1].inputs.empty: the input has no source. Specify exactly one of"
                                + " 'from_step', 'local' and 'uri'.",
                        "steps.json: steps[1].script_uri: file DIR/jbo.py not found. Did you mean 'job.py'?",
                        "steps.json: steps[1].retries: must be between 0 and 100, not -1.",
                        "steps.json: steps[1].inputs.words.from_step: no step named 'wrods'. Known steps: words. Did you mean"
                                + " 'words'?");
    }

    @Test
    void fileMustContainAnObjectWithSteps() {
        assertThat(fixture.problems("[]"))
                .containsExactly("steps.json: must contain an object, not a list. Example: {\"steps\": [ … ]}.");
        assertThat(fixture.problems("{}")).containsExactly("steps.json: steps: required key is missing.");
        assertThat(fixture.problems("{\"steps\": []}"))
                .containsExactly("steps.json: steps: must contain at least one" + " step.");
        assertThat(fixture.problems("{\"steps\": {}}"))
                .containsExactly("steps.json: steps: must be a list, not an object.");
        assertThat(fixture.problems("{\"steps\": [7]}"))
                .containsExactly("steps.json: steps[0]: must be an object, not the number 7.");
    }

    @Test
    void namesMustBeValidAndUnique() {
        assertThat(fixture.problems("""
                        {"name": "my pipeline", "defaults": {"script_uri": "job.py"},
                         "steps": [{"name": "a"}, {"name": "a"}, {"name": "B"}, {"name": "b"}, {"name": "c/d"}]}
                        """))
                .containsExactly(
                        "steps.json: steps[1].name: duplicate step name 'a', already used by steps[0]. Rename one of"
                                + " them.",
                        "steps.json: steps[3].name: 'b' differs only in case from 'B', the name of steps[2]. Rename one"
                                + " of them: some file systems are case-insensitive.",
                        "steps.json: steps[4].name: 'c/d' is not a valid step name. Use at most 64 letters, digits,"
                                + " '_', '-' and '.', starting with a letter or digit.",
                        "steps.json: name: 'my pipeline' is not a valid pipeline name: it is also a folder name. Use at"
                                + " most 64 letters, digits, '_', '-' and '.', starting with a letter or digit.");
    }

    @Test
    void reportsUnknownAndSelfReferences() {
        assertThat(fixture.problems("""
                        {"defaults": {"script_uri": "job.py"},
                         "steps": [{"name": "words", "inputs": {"x": {"from_step": "words"}}},
                                   {"name": "counts", "after": ["counts", "nothing"]}]}
                        """))
                .containsExactly(
                        "steps.json: steps[0].inputs.x.from_step: the step reads its own output. Name a different step.",
                        "steps.json: steps[1].after[0]: the step depends on itself. Name a different step.",
                        "steps.json: steps[1].after[1]: no step named 'nothing'. Known steps: words, counts.");
    }

    @Test
    void reportsDependencyCycles() {
        assertThat(fixture.problems("""
                        {"defaults": {"script_uri": "job.py"},
                         "steps": [{"name": "start", "after": ["b"]},
                                   {"name": "a", "inputs": {"x": {"from_step": "b"}}},
                                   {"name": "b", "after": ["c"]},
                                   {"name": "c", "inputs": {"y": {"from_step": "a"}}},
                                   {"name": "d", "after": ["e"]},
                                   {"name": "e", "after": ["d", "a"]}]}
                        """))
                .containsExactly(
                        "steps.json: steps[2].after[0]: circular dependency: b → c → a → b. Each step depends on the"
                                + " one to its right; remove one of these dependencies.",
                        "steps.json: steps[4].after[0]: circular dependency: d → e → d. Each step depends on the one to"
                                + " its right; remove one of these dependencies.");
    }

    @Test
    void inputHasExactlyOneSource() {
        fixture.file("steps.json");
        assertThat(fixture.problems(singleStep("""
                        "inputs": {"two": {"local": "data/mask.png", "uri": "s3://b/x"},
                                   "path_only": {"path": "x"},
                                   "typo": {"form_step": "a"},
                                   "number": 7,
                                   "blank": "",
                                   "below": {"local": "data", "path": "mask.png"}}
                        """)))
                .containsExactly(
                        "steps.json: steps[0].inputs.two: the input has 2 sources: local, uri. Specify exactly one of"
                                + " 'from_step', 'local' and 'uri'.",
                        "steps.json: steps[0].inputs.path_only: the input has no source. Specify exactly one of"
                                + " 'from_step', 'local' and 'uri'.",
                        "steps.json: steps[0].inputs.typo.form_step: unknown key 'form_step'. Did you mean 'from_step'?",
                        "steps.json: steps[0].inputs.number: must be a path, a URI or an object, not the number 7.",
                        "steps.json: steps[0].inputs.blank: must not be empty. Specify a file.",
                        "steps.json: steps[0].inputs.below.path: is only allowed with 'from_step'. Put the complete"
                                + " path into 'local' or 'uri'.");
    }

    @Test
    void reportsInvalidInputLocations() {
        assertThat(fixture.problems("""
                        {"defaults": {"script_uri": "job.py"}, "steps": [{"name": "a"}, {"name": "b", "inputs": {
                          "up": {"from_step": "a", "path": "x/../../y"},
                          "root": {"from_step": "a", "path": "/x"},
                          "missing": "data/maks.png",
                          "nowhere": {"local": "date/mask.png"},
                          "remote": {"local": "s3://bucket/x"},
                          "path": {"uri": "data/mask.png"},
                          "bucketless": "s3:///x",
                          "braces": "s3://bucket/{{x}}",
                          "9": "s3://bucket/x"}}]}
                        """))
                .containsExactly(
                        "steps.json: steps[1].inputs.up.path: 'x/../../y' points outside the step's output. Remove the"
                                + " '..'.",
                        "steps.json: steps[1].inputs.root.path: '/x' is not a relative path inside the step's output."
                                + " Example: 'training'.",
                        "steps.json: steps[1].inputs.missing: file DIR/data/maks.png not found. Did you mean"
                                + " 'mask.png'?",
                        "steps.json: steps[1].inputs.nowhere.local: file DIR/date/mask.png not found. Directory"
                                + " DIR/date does not exist either.",
                        "steps.json: steps[1].inputs.remote.local: 's3://bucket/x' is a URI, not a local path. Use"
                                + " 'uri' instead.",
                        "steps.json: steps[1].inputs.path.uri: 'data/mask.png' is not a URI: it has no scheme such as"
                                + " s3://. Use 'local' for a local file.",
                        "steps.json: steps[1].inputs.bucketless: 's3:///x' has no bucket. Use s3://bucket/key.",
                        "steps.json: steps[1].inputs.braces: the text contains '{{', which YARN would replace when it"
                                + " launches the container. Put a space between its characters, or pass the text in a"
                                + " file.",
                        "steps.json: steps[1].inputs.braces: the text contains '}}', which YARN would replace when it"
                                + " launches the container. Put a space between its characters, or pass the text in a"
                                + " file.",
                        "steps.json: steps[1].inputs['9']: '9' is not a valid input name: the name becomes a flag of"
                                + " the script. Use letters, digits, '_', '-' and '.', starting with a letter.");
    }

    @Test
    void reportsProgramsThatCannotRun() {
        fixture.file("text.txt").file("broken.jar", "no zip");
        assertThat(fixture.problems("""
                        {"steps": [{"name": "none"},
                                   {"name": "text", "script_uri": "text.txt"},
                                   {"name": "classless", "script_uri": "jobs.jar"},
                                   {"name": "python", "script_uri": "job.py", "main_class": "org.example.CountWords"},
                                   {"name": "package", "script_uri": "jobs.jar", "main_class": "CountWords"},
                                   {"name": "odd", "script_uri": "jobs.jar", "main_class": "Count Words"},
                                   {"name": "directory", "script_uri": "data"},
                                   {"name": "broken", "script_uri": "broken.jar", "main_class": "A"},
                                   {"name": "remote", "script_uri": "s3://bucket/x.jar", "main_class": "A"}]}
                        """))
                .containsExactly(
                        "steps.json: steps[0].script_uri: required key is missing. Set it here or in 'defaults'.",
                        "steps.json: steps[1].script_uri: must be a .jar or .py file, not 'text.txt'.",
                        "steps.json: steps[2].main_class: required key is missing. A .jar needs a main class.",
                        "steps.json: steps[3].main_class: a Python script has no main class. Remove it, or use a .jar"
                                + " in script_uri.",
                        "steps.json: steps[4].main_class: class CountWords not found in DIR/jobs.jar. Did you mean"
                                + " 'org.example.CountWords'?",
                        "steps.json: steps[5].main_class: 'Count Words' is not a valid class name. Example:"
                                + " org.example.CountWords.",
                        "steps.json: steps[6].script_uri: DIR/data is a directory, not a file.",
                        "steps.json: steps[6].script_uri: must be a .jar or .py file, not 'data'.",
                        "steps.json: steps[7].script_uri: DIR/broken.jar is not a readable jar file. Rebuild it.");
    }

    @Test
    void theMainClassInDefaultsIsForJarsOnly() {
        assertThat(fixture.problems("""
                        {"defaults": {"script_uri": "jobs.jar", "main_class": "org.example.CountWord"},
                         "steps": [{"name": "own", "main_class": "org.example.CountWords"},
                                   {"name": "python", "script_uri": "job.py"}, {"name": "default"}, {"name": "other"}]}
                        """))
                .containsExactly(
                        "steps.json: defaults.main_class: class org.example.CountWord not found in DIR/jobs.jar. Did you mean"
                                + " 'org.example.CountWords'?");
    }

    @Test
    void reportsInvalidSettings() {
        assertThat(fixture.problems(singleStep("""
                        "executor_memory": 18, "driver_memory": "lots", "executor_cores": 0, "num_executors": 100001,
                        "deploy_mode": "clutser", "on_failure": "stop", "timeout": "30", "retries": 1.5,
                        "packages": ["spark-nlp"], "jars": ["lib/*.jar", "nothing.jar"], "files": ["data/mask.png#a/b"],
                        "env": {"1A": "x", "B": []}, "spark_conf": {"spark.master": "yarn", "a b": "x", "spark.x": null}
                        """)))
                .containsExactly(
                        "steps.json: steps[0].retries: must be a whole number, not the number 1.5.",
                        "steps.json: steps[0].executor_memory: '18' has no unit: use 18G or 18M.",
                        "steps.json: steps[0].executor_cores: must be between 1 and 1000, not 0.",
                        "steps.json: steps[0].num_executors: must be between 1 and 100000, not 100001.",
                        "steps.json: steps[0].driver_memory: 'lots' is not a memory size. Examples: 18G, 1536M.",
                        "steps.json: steps[0].deploy_mode: must be one of cluster, client, not 'clutser'. Did you mean"
                                + " 'cluster'?",
                        "steps.json: steps[0].spark_conf['spark.x']: must be a string, not null.",
                        "steps.json: steps[0].spark_conf['spark.master']: the runner sets 'spark.master' itself. Remove"
                                + " it: the option -t selects the platform.",
                        "steps.json: steps[0].spark_conf['a b']: 'a b' is not a valid Spark property name.",
                        "steps.json: steps[0].packages[0]: 'spark-nlp' is not a Maven coordinate. Use"
                                + " group:artifact:version.",
                        "steps.json: steps[0].jars[0]: no file matches DIR/lib/*.jar. Directory DIR/lib does not exist.",
                        "steps.json: steps[0].jars[1]: file DIR/nothing.jar not found.",
                        "steps.json: steps[0].files[0]: 'a/b' is not a valid file name. Use file#name.",
                        "steps.json: steps[0].env.B: must be a string, not a list.",
                        "steps.json: steps[0].env['1A']: '1A' is not a valid environment variable name. Use letters,"
                                + " digits and '_', not starting with a digit.",
                        "steps.json: steps[0].on_failure: must be one of cancel, continue, terminate_cluster, not"
                                + " 'stop'.",
                        "steps.json: steps[0].timeout: '30' has no unit: use 30s, 30m or 30h.");
    }

    @Test
    void rejectsImplausibleSizesAndDurations() {
        assertThat(fixture.problems(
                        singleStep("\"executor_memory\": \"64M\", \"driver_memory\": \"900T\", \"timeout\": \"0s\"")))
                .containsExactly(
                        "steps.json: steps[0].executor_memory: 64M is too small: Spark needs at least 450M.",
                        "steps.json: steps[0].driver_memory: 900T is more than any instance type has.",
                        "steps.json: steps[0].timeout: must be greater than zero. Remove it for no limit.");
        assertThat(fixture.problems(singleStep("\"timeout\": \"1 hour\", \"executor_memory\": {}")))
                .containsExactly(
                        "steps.json: steps[0].executor_memory: must be a string, not an object.",
                        "steps.json: steps[0].timeout: '1 hour' is not a duration. Examples: 90s, 30m, 2h, 1h30m.");
    }

    @Test
    void reportsProblemsOfDefaultsOnce() {
        assertThat(fixture.problems("""
                        {"defaults": {"script_uri": "jbo.py", "executor_memory": "2", "jars": ["none.jar"], "name": "A"},
                         "steps": [{"name": "a"}, {"name": "b"}]}
                        """))
                .containsExactly(
                        "steps.json: defaults.name: unknown key 'name'. Known keys: script_uri, main_class, executor_memory,"
                                + " executor_cores, num_executors, driver_memory, deploy_mode, spark_conf, packages, jars, py_files,"
                                + " requirements, python, files, archives, env, writes, on_failure, retries, timeout.",
                        "steps.json: defaults.script_uri: file DIR/jbo.py not found. Did you mean 'job.py'?",
                        "steps.json: defaults.executor_memory: '2' has no unit: use 2G or 2M.",
                        "steps.json: defaults.jars[0]: file DIR/none.jar not found.");
    }

    @Test
    void rejectsConflictingFlags() {
        assertThat(fixture.problems(singleStep("""
                        "inputs": {"x": "s3://b/x", "output": "s3://b/y"}, "output": {"flag": "output"}, "args": {"x": 1, "--y": 2, "a=b": 3}
                        """)))
                .containsExactly(
                        "steps.json: steps[0].args['--y']: the flag '--y' has leading dashes. Remove them.",
                        "steps.json: steps[0].args['a=b']: 'a=b' is not a valid flag name. Do not use whitespace,"
                                + " quotes, braces, '=', '$' or backslashes.",
                        "steps.json: steps[0].output.flag: the flag --output is already used by input 'output'. Rename"
                                + " one of them.",
                        "steps.json: steps[0].args.x: the flag -x is already used by input 'x'. Rename one of them.");
    }

    @Test
    void verbatimArgumentsCanRepeatFlags() {
        assertThat(fixture.problems(
                        singleStep("\"inputs\": {\"output\": \"s3://b/y\"}, \"args\": [\"${inputs.output}\"]")))
                .isEmpty();
    }

    @Test
    void reportsEmrRestrictionsOnEmrOnly() {
        String file = singleStep("\"output\": {\"uri\": \"out\"}, \"inputs\": {\"x\": \"file:///tmp/x\"}");

        assertThat(fixture.problems(file)).isEmpty();
        assertThat(fixture.withRules(new PlatformRules(true, false, true)).problems(file))
                .containsExactly(
                        "steps.json: steps[0].inputs.x: 'file:///tmp/x' is on one node of the cluster and not visible"
                                + " to the others. Use s3://, or a plain path for a file on this computer.",
                        "steps.json: steps[0].output.uri: is a local path, which a cluster cannot write to. Use s3://,"
                                + " or remove it and fetch the output.");
    }

    @Test
    void warnsOfObsoleteAndIgnoredSettings() {
        ParseResult<Pipeline> result = fixture.parse(singleStep("""
                "packages": ["com.johnsnowlabs.nlp:spark-nlp_2.12:3.1.0"],
                "spark_conf": {"spark.jars.packages": "a:b:1,com.johnsnowlabs.nlp:spark-nlp_2.12:4.0.0", "fs.s3a.x": "y"}
                """));

        assertThat(result.value()).isNotNull();
        assertThat(fixture.lines(result))
                .containsExactly(
                        "steps.json: steps[0].spark_conf['spark.jars.packages']:"
                                + " com.johnsnowlabs.nlp:spark-nlp_2.12:4.0.0 is built for a Spark older than the 3.5"
                                + " of emr-7.13.0. Use com.johnsnowlabs.nlp:spark-nlp_2.12:5.5.3.",
                        "steps.json: steps[0].spark_conf['fs.s3a.x']: spark-submit ignores 'fs.s3a.x' because it does"
                                + " not start with 'spark.'. For a Hadoop property, use 'spark.hadoop.fs.s3a.x'.",
                        "steps.json: steps[0].packages[0]: com.johnsnowlabs.nlp:spark-nlp_2.12:3.1.0 is built for a"
                                + " Spark older than the 3.5 of emr-7.13.0. Use"
                                + " com.johnsnowlabs.nlp:spark-nlp_2.12:5.5.3.");
    }

    @Test
    void rejectsCommaInFileName() {
        fixture.file("lib/a,b.jar");
        assertThat(fixture.problems(singleStep("\"jars\": [\"lib/*.jar\"]")))
                .containsExactly(
                        "steps.json: steps[0].jars[0]: 'a,b.jar' contains a comma, which Spark uses to separate files."
                                + " Rename the file.");
    }
}
