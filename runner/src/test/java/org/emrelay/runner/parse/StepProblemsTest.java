package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.emrelay.runner.parse.StepsFolder.only;

import java.nio.file.Path;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Target;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StepProblemsTest {
    @TempDir
    Path directory;

    private StepsFolder folder;

    @BeforeEach
    void layOut() {
        folder = new StepsFolder(directory)
                .file("job.py")
                .file("other.py")
                .jar("jobs.jar", "org.example.ExtractWords", "org.example.CountWords", "org.example.CountWords$")
                .file("data/mask.png");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThat(folder.problems("""
                        {"nmae": "x",
                         "steps": [
                          {"name": "words", "script_uri": "jobs.jar", "main_class": "org.example.ExtractWord", "executor_memory": "18",
                           "executor_memory": "2G"},
                          {"script_uri": "jbo.py", "inputs": {"words": {"from_step": "wrods"}, "empty": {}}, "retries": -1}]}
                        """))
                .containsExactly(
                        "steps.json: nmae: unknown key 'nmae'. Did you mean 'name'?",
                        "steps.json: steps[0].executor_memory: the key stands twice in the same object, again on line 4. Remove one"
                                + " of the two.",
                        "steps.json: steps[1].name: this key is missing.",
                        "steps.json: steps[0].executor_memory: '18' has no unit: write 18G or 18M.",
                        "steps.json: steps[0].main_class: no class org.example.ExtractWord in DIR/jobs.jar. Did you mean"
                                + " 'org.example.ExtractWords'?",
                        "steps.json: steps[1].inputs.empty: the input has no source. Give exactly one of 'from_step', 'local' and"
                                + " 'uri'.",
                        "steps.json: steps[1].script_uri: there is no file DIR/jbo.py. Did you mean 'job.py'?",
                        "steps.json: steps[1].retries: must be from 0 to 100, not -1.",
                        "steps.json: steps[1].inputs.words.from_step: no step named 'wrods'. Known steps: words. Did you mean"
                                + " 'words'?");
    }

    @Test
    void theFileMustHoldAnObjectWithSteps() {
        assertThat(folder.problems("[]"))
                .containsExactly("steps.json: must hold an object, not a list. Write {\"steps\": [ … ]}.");
        assertThat(folder.problems("{}")).containsExactly("steps.json: steps: this key is missing.");
        assertThat(folder.problems("{\"steps\": []}")).containsExactly("steps.json: steps: there is no step.");
        assertThat(folder.problems("{\"steps\": {}}"))
                .containsExactly("steps.json: steps: must be a list, not an object.");
        assertThat(folder.problems("{\"steps\": [7]}"))
                .containsExactly("steps.json: steps[0]: must be an object, not the number 7.");
    }

    @Test
    void namesMustBeUsableAndUnique() {
        assertThat(folder.problems("""
                        {"name": "my pipeline", "defaults": {"script_uri": "job.py"},
                         "steps": [{"name": "a"}, {"name": "a"}, {"name": "B"}, {"name": "b"}, {"name": "c/d"}]}
                        """))
                .containsExactly(
                        "steps.json: steps[1].name: two steps are named 'a': this one and steps[0]. Rename one of the two.",
                        "steps.json: steps[3].name: 'b' differs only in capitals from 'B', the name of steps[2]. Rename one of the"
                                + " two, for some file systems hold them for one.",
                        "steps.json: steps[4].name: 'c/d' cannot be a step's name. Use letters, digits, '_', '-' and '.', the first"
                                + " a letter or digit, at most 64 in all.",
                        "steps.json: name: 'my pipeline' cannot be a pipeline's name, for it names folders. Use letters, digits,"
                                + " '_', '-' and '.', the first a letter or digit, at most 64 in all.");
    }

    @Test
    void aStepCannotNeedWhatIsNotThereNorItself() {
        assertThat(folder.problems("""
                        {"defaults": {"script_uri": "job.py"},
                         "steps": [{"name": "words", "inputs": {"x": {"from_step": "words"}}},
                                   {"name": "counts", "after": ["counts", "nothing"]}]}
                        """))
                .containsExactly(
                        "steps.json: steps[0].inputs.x.from_step: the step reads its own output. Name another step.",
                        "steps.json: steps[1].after[0]: the step comes after itself. Name another step.",
                        "steps.json: steps[1].after[1]: no step named 'nothing'. Known steps: words, counts.");
    }

    @Test
    void aCircleOfStepsIsPrinted() {
        assertThat(folder.problems("""
                        {"defaults": {"script_uri": "job.py"},
                         "steps": [{"name": "start", "after": ["b"]},
                                   {"name": "a", "inputs": {"x": {"from_step": "b"}}},
                                   {"name": "b", "after": ["c"]},
                                   {"name": "c", "inputs": {"y": {"from_step": "a"}}},
                                   {"name": "d", "after": ["e"]},
                                   {"name": "e", "after": ["d", "a"]}]}
                        """))
                .containsExactly(
                        "steps.json: steps[2].after[0]: the steps need one another in a circle: b → c → a → b. Each waits for the"
                                + " one behind the arrow.",
                        "steps.json: steps[4].after[0]: the steps need one another in a circle: d → e → d. Each waits for the one"
                                + " behind the arrow.");
    }

    @Test
    void anInputHasExactlyOneSource() {
        folder.file("steps.json");
        assertThat(folder.problems(only("""
                        "inputs": {"two": {"local": "data/mask.png", "uri": "s3://b/x"},
                                   "path_only": {"path": "x"},
                                   "typo": {"form_step": "a"},
                                   "number": 7,
                                   "blank": "",
                                   "below": {"local": "data", "path": "mask.png"}}
                        """)))
                .containsExactly(
                        "steps.json: steps[0].inputs.two: the input has 2 sources: local, uri. Give exactly one of 'from_step',"
                                + " 'local' and 'uri'.",
                        "steps.json: steps[0].inputs.path_only: the input has no source. Give exactly one of 'from_step', 'local'"
                                + " and 'uri'.",
                        "steps.json: steps[0].inputs.typo.form_step: unknown key 'form_step'. Did you mean 'from_step'?",
                        "steps.json: steps[0].inputs.number: must be a path, a URI or an object, not the number 7.",
                        "steps.json: steps[0].inputs.blank: is empty. Name a file.",
                        "steps.json: steps[0].inputs.below.path: goes only with 'from_step'. Write the whole place into 'local' or"
                                + " 'uri'.");
    }

    @Test
    void anInputsPlaceMustMakeSense() {
        assertThat(folder.problems("""
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
                        "steps.json: steps[1].inputs.up.path: 'x/../../y' leads out of the step's output. Leave the '..' out.",
                        "steps.json: steps[1].inputs.root.path: '/x' is no path below the step's output. Write for example"
                                + " 'training'.",
                        "steps.json: steps[1].inputs.missing: there is no file DIR/data/maks.png. Did you mean 'mask.png'?",
                        "steps.json: steps[1].inputs.nowhere.local: there is no file DIR/date/mask.png. There is no directory"
                                + " DIR/date either.",
                        "steps.json: steps[1].inputs.remote.local: 's3://bucket/x' is a URI, not a file of this machine. Write it"
                                + " below 'uri'.",
                        "steps.json: steps[1].inputs.path.uri: 'data/mask.png' is no URI, for it has no scheme such as s3://. Write"
                                + " a file of this machine below 'local'.",
                        "steps.json: steps[1].inputs.bucketless: 's3:///x' names no bucket. Write s3://bucket/key.",
                        "steps.json: steps[1].inputs.braces: the text holds '{{', which YARN would change on its way to the script."
                                + " Put a space between the braces, or pass the text in a file.",
                        "steps.json: steps[1].inputs.braces: the text holds '}}', which YARN would change on its way to the script."
                                + " Put a space between the braces, or pass the text in a file.",
                        "steps.json: steps[1].inputs['9']: '9' cannot be an input's name, for it becomes the flag that the script"
                                + " gets. Use letters, digits, '_', '-' and '.', the first a letter.");
    }

    @Test
    void aProgramMustBeOneThatCanRun() {
        folder.file("text.txt").file("broken.jar", "no zip");
        assertThat(folder.problems("""
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
                        "steps.json: steps[0].script_uri: this key is missing. Give it here or in 'defaults'.",
                        "steps.json: steps[1].script_uri: 'text.txt' is neither a .jar nor a .py. Only these can be run.",
                        "steps.json: steps[2].main_class: this key is missing. A .jar needs the name of the class to run.",
                        "steps.json: steps[3].main_class: a Python script has no main class. Leave it out, or name a .jar in"
                                + " script_uri.",
                        "steps.json: steps[4].main_class: no class CountWords in DIR/jobs.jar. Did you mean"
                                + " 'org.example.CountWords'?",
                        "steps.json: steps[5].main_class: 'Count Words' is no name of a class. Write for example"
                                + " org.example.CountWords.",
                        "steps.json: steps[6].script_uri: DIR/data is a directory, not a file.",
                        "steps.json: steps[6].script_uri: 'data' is neither a .jar nor a .py. Only these can be run.",
                        "steps.json: steps[7].script_uri: DIR/broken.jar is no jar that can be read. Build it again.");
    }

    @Test
    void settingsMustMakeSense() {
        assertThat(folder.problems(only("""
                        "executor_memory": 18, "driver_memory": "lots", "executor_cores": 0, "num_executors": 100001,
                        "deploy_mode": "clutser", "on_failure": "stop", "timeout": "30", "retries": 1.5,
                        "packages": ["spark-nlp"], "jars": ["lib/*.jar", "nothing.jar"], "files": ["data/mask.png#a/b"],
                        "env": {"1A": "x", "B": []}, "spark_conf": {"spark.master": "yarn", "a b": "x", "spark.x": null}
                        """)))
                .containsExactly(
                        "steps.json: steps[0].retries: must be a whole number, not the number 1.5.",
                        "steps.json: steps[0].executor_memory: '18' has no unit: write 18G or 18M.",
                        "steps.json: steps[0].executor_cores: must be from 1 to 1000, not 0.",
                        "steps.json: steps[0].num_executors: must be from 1 to 100000, not 100001.",
                        "steps.json: steps[0].driver_memory: 'lots' is no amount of memory. Write for example 18G or 1536M.",
                        "steps.json: steps[0].deploy_mode: must be cluster or client, not 'clutser'. Did you mean 'cluster'?",
                        "steps.json: steps[0].spark_conf['spark.x']: must be a string, not null.",
                        "steps.json: steps[0].spark_conf['spark.master']: the runner itself sets 'spark.master'. Leave it out: the"
                                + " command line's -t says where a pipeline runs.",
                        "steps.json: steps[0].spark_conf['a b']: 'a b' cannot be the name of a Spark property.",
                        "steps.json: steps[0].packages[0]: 'spark-nlp' is no package. Write group:artifact:version, as Maven does.",
                        "steps.json: steps[0].jars[0]: nothing matches DIR/lib/*.jar. There is no directory DIR/lib.",
                        "steps.json: steps[0].jars[1]: there is no file DIR/nothing.jar.",
                        "steps.json: steps[0].files[0]: 'a/b' cannot be a file's name in the step's directory. Write file#name.",
                        "steps.json: steps[0].env.B: must be a string, not a list.",
                        "steps.json: steps[0].env['1A']: '1A' cannot be the name of an environment variable. Use letters, digits and"
                                + " '_', the first no digit.",
                        "steps.json: steps[0].on_failure: must be cancel or continue or terminate_cluster, not 'stop'.",
                        "steps.json: steps[0].timeout: '30' has no unit: write 30s, 30m or 30h.");
    }

    @Test
    void amountsThatNoMachineHasAreRefused() {
        assertThat(folder.problems(
                        only("\"executor_memory\": \"64M\", \"driver_memory\": \"900T\", \"timeout\": \"0s\"")))
                .containsExactly(
                        "steps.json: steps[0].executor_memory: 64M is too little: Spark needs at least 450M.",
                        "steps.json: steps[0].driver_memory: 900T is more than any machine has.",
                        "steps.json: steps[0].timeout: no step can end in no time. Leave it out where a step may run as long as it"
                                + " likes.");
        assertThat(folder.problems(only("\"timeout\": \"1 hour\", \"executor_memory\": {}")))
                .containsExactly(
                        "steps.json: steps[0].executor_memory: must be a string, not an object.",
                        "steps.json: steps[0].timeout: '1 hour' is no length of time. Write for example 90s, 30m, 2h or 1h30m.");
    }

    @Test
    void aProblemOfTheDefaultsIsSaidOnceAndWhereItStands() {
        assertThat(folder.problems("""
                        {"defaults": {"script_uri": "jbo.py", "executor_memory": "2", "jars": ["none.jar"], "main_class": "A"},
                         "steps": [{"name": "a"}, {"name": "b"}]}
                        """))
                .containsExactly(
                        "steps.json: defaults.main_class: unknown key 'main_class'. Known keys: script_uri, executor_memory,"
                                + " executor_cores, num_executors, driver_memory, deploy_mode, spark_conf, packages, jars, py_files,"
                                + " files, archives, env, on_failure, retries, timeout.",
                        "steps.json: defaults.script_uri: there is no file DIR/jbo.py. Did you mean 'job.py'?",
                        "steps.json: defaults.executor_memory: '2' has no unit: write 2G or 2M.",
                        "steps.json: defaults.jars[0]: there is no file DIR/none.jar.");
    }

    @Test
    void aFlagIsGivenOnce() {
        assertThat(folder.problems(only("""
                        "inputs": {"x": "s3://b/x", "output": "s3://b/y"}, "output": {"flag": "output"}, "args": {"x": 1, "--y": 2, "a=b": 3}
                        """)))
                .containsExactly(
                        "steps.json: steps[0].args['--y']: the flag '--y' is written with its dashes. Leave them out.",
                        "steps.json: steps[0].args['a=b']: 'a=b' cannot be a flag. Use no white space, quotes, braces, '=', '$' or"
                                + " backslash.",
                        "steps.json: steps[0].output.flag: the flag --output is already that of the input 'output'. Rename one of the"
                                + " two.",
                        "steps.json: steps[0].args.x: the flag -x is already that of the input 'x'. Rename one of the two.");
    }

    @Test
    void aFlagTwiceIsNoProblemWhereTheArgumentsAreWrittenOut() {
        assertThat(folder.problems(only("\"inputs\": {\"output\": \"s3://b/y\"}, \"args\": [\"${inputs.output}\"]")))
                .isEmpty();
    }

    @Test
    void noTwoStepsWriteToOnePlaceNorOverWhatIsRead() {
        assertThat(folder.problems("""
                        {"defaults": {"script_uri": "job.py"}, "steps": [
                          {"name": "a", "output": {"uri": "s3://bucket/x/"}},
                          {"name": "b", "output": {"uri": "s3a://bucket/x"}},
                          {"name": "c", "output": {"uri": "s3://bucket/x/y"}},
                          {"name": "d", "output": {"uri": "out"}, "inputs": {"self": "data"}},
                          {"name": "e", "output": {"uri": "data"}, "inputs": {"x": "s3://bucket/z"}},
                          {"name": "f", "output": {"uri": "s3://bucket/z"}},
                          {"name": "g", "output": {"uri": "s3://bucket/own", "overwrite": true}, "inputs": {"x": "s3://bucket/own/part"}}]}
                        """))
                .containsExactly(
                        "steps.json: steps[1].output.uri: the step writes to the same place as step 'a'. Give each a place of its"
                                + " own.",
                        "steps.json: steps[2].output.uri: the step writes to a place inside that of step 'a'. Give each a place of"
                                + " its own.",
                        "steps.json: steps[4].output.uri: the place is also read, by step 'd' as 'self'. Let that input name the"
                                + " step: {\"from_step\": \"e\"}.",
                        "steps.json: steps[5].output.uri: the place is also read, by step 'e' as 'x'. Let that input name the step:"
                                + " {\"from_step\": \"f\"}.",
                        "steps.json: steps[6].output.uri: the place is also read, by the step itself as 'x'. Write somewhere else.");
    }

    @Test
    void anOutputMustMakeSense() {
        assertThat(folder.problems(
                        only("\"output\": {\"overwrite\": true, \"format\": \"a/b\", \"flag\": \"\", \"url\": \"x\"}")))
                .containsExactly(
                        "steps.json: steps[0].output.url: unknown key 'url'. Did you mean 'uri'?",
                        "steps.json: steps[0].output.flag: '' cannot be a flag. Use no white space, quotes, braces, '=', '$' or"
                                + " backslash.",
                        "steps.json: steps[0].output.format: 'a/b' cannot be a format. Write for example parquet, csv or png.",
                        "steps.json: steps[0].output.overwrite: goes only with 'uri': where the runner chooses the place, nothing is"
                                + " there yet. Leave it out.");
    }

    @Test
    void whatOnlyAClusterForbidsIsAProblemThereOnly() {
        String file = only("\"output\": {\"uri\": \"out\"}, \"inputs\": {\"x\": \"file:///tmp/x\"}");

        assertThat(folder.problems(file)).isEmpty();
        assertThat(folder.on(Target.EMR).problems(file))
                .containsExactly(
                        "steps.json: steps[0].inputs.x: 'file:///tmp/x' is a place on one node of the cluster, which the others do not"
                                + " see. Use s3://, or for a file of this machine its path alone.",
                        "steps.json: steps[0].output.uri: is a place on this machine, where a cluster cannot write. Write to s3://, or"
                                + " leave it out and fetch the output.");
    }

    @Test
    void whatIsObsoleteOrIgnoredIsAWarning() {
        ParseResult<Pipeline> reading = folder.reading(only("""
                "packages": ["com.johnsnowlabs.nlp:spark-nlp_2.12:3.1.0"],
                "spark_conf": {"spark.jars.packages": "a:b:1,com.johnsnowlabs.nlp:spark-nlp_2.12:4.0.0", "fs.s3a.x": "y"}
                """));

        assertThat(reading.value()).isNotNull();
        assertThat(folder.lines(reading))
                .containsExactly(
                        "steps.json: steps[0].spark_conf['spark.jars.packages']: com.johnsnowlabs.nlp:spark-nlp_2.12:4.0.0 was made"
                                + " for a Spark older than the 3.5 of emr-7.13.0. Use com.johnsnowlabs.nlp:spark-nlp_2.12:5.5.3.",
                        "steps.json: steps[0].spark_conf['fs.s3a.x']: spark-submit ignores 'fs.s3a.x', for it does not begin with"
                                + " 'spark.'. Write 'spark.hadoop.fs.s3a.x' where it is meant for Hadoop.",
                        "steps.json: steps[0].packages[0]: com.johnsnowlabs.nlp:spark-nlp_2.12:3.1.0 was made for a Spark older than"
                                + " the 3.5 of emr-7.13.0. Use com.johnsnowlabs.nlp:spark-nlp_2.12:5.5.3.");
    }

    @Test
    void aCommaInAFilesNameIsAProblem() {
        folder.file("lib/a,b.jar");
        assertThat(folder.problems(only("\"jars\": [\"lib/*.jar\"]")))
                .containsExactly(
                        "steps.json: steps[0].jars[0]: 'a,b.jar' has a comma, by which Spark separates files. Rename the"
                                + " file.");
    }

    @Test
    void aDisabledStepLeavesNothingToRead() {
        assertThat(folder.problems("""
                        {"defaults": {"script_uri": "job.py"}, "steps": [
                          {"name": "a", "enabled": false}, {"name": "b", "inputs": {"x": {"from_step": "a"}}}]}
                        """))
                .containsExactly(
                        "steps.json: steps[1].inputs.x.from_step: step 'a' is disabled, so there is nothing to read. Enable"
                                + " it, disable this step too, or read from elsewhere.");
    }
}
