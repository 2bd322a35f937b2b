package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Failures of JVM jobs, from real Spark logs. */
final class JvmCausesTest {
    private static final String JVM_OPTION =
            "The JVM rejected an option: check the memory settings and the extra Java options of the step.";

    @Test
    void anExceptionThrownFromMainIsTheCause() {
        assertThat(SampleLog.cause("java-main.log"))
                .contains(new Cause("java.lang.IllegalArgumentException: --max-words must be positive: -3", 1, 10, ""));
    }

    @Test
    void anExceptionWithoutAMessageFollowsTheOneItCaused() {
        assertThat(SampleLog.cause("null-pointer.log")).contains(new Cause("""
                java.lang.RuntimeException: cannot read the mask mask.png
                caused by java.lang.NullPointerException""", 1, 5, ""));
    }

    @Test
    void theInnermostExceptionWinsOverAnExecutionException() {
        assertThat(SampleLog.cause("execution-exception.log")).contains(new Cause("""
                java.lang.IllegalStateException: title 3 has no language
                which led to java.lang.RuntimeException: cannot clean 3""", 16, 33, ""));
    }

    @Test
    void theExceptionOfATaskWinsOverTaskFailedWhileWriting() {
        assertThat(SampleLog.cause("java-task-write.log")).contains(new Cause("""
                java.lang.IllegalStateException: title 3 has no language
                which led to java.lang.RuntimeException: cannot clean 3""", 27, 39, ""));
    }

    @Test
    void theExceptionOfAUdfWinsOverFailedToExecute() {
        assertThat(SampleLog.cause("java-udf.log"))
                .contains(new Cause("java.lang.IllegalStateException: title 3 has no language", 34, 38, ""));
    }

    @Test
    void theTaskThatFailedTheJobWinsOverRetriedTasks() {
        assertThat(SampleLog.cause("retried-then-other.log"))
                .contains(new Cause("java.lang.NumberFormatException: For input string: \"n/a\"", 8, 10, ""));
    }

    @Test
    void findsAScalaExceptionInTheDriverLogOfACluster() {
        assertThat(SampleLog.cause("application-master.log"))
                .contains(new Cause("scala.MatchError: zh (of class java.lang.String)", 4, 8, ""));
    }

    @Test
    void findsTheDriverExceptionInTheReportOfTheClient() {
        assertThat(SampleLog.cause("yarn-client-report.log"))
                .contains(new Cause(
                        "org.apache.spark.sql.AnalysisException: [PATH_NOT_FOUND] Path does not exist: s3://ada-titles/input/titles.parquet.",
                        5,
                        7,
                        "Check the path of the input, and that the upstream step wrote to it."));
    }

    @Test
    void aPrintedStackTraceWinsOverAWarning() {
        assertThat(SampleLog.cause("printed-stack.log"))
                .contains(new Cause("com.example.titles.BadTitle: line 7 holds no title", 5, 7, ""));
    }

    @Test
    void namesAMissingClass() {
        assertThat(SampleLog.cause("missing-class.log"))
                .contains(new Cause(
                        "java.lang.ClassNotFoundException: ml.dmlc.xgboost4j.scala.spark.XGBoostClassifier",
                        16,
                        25,
                        "Add the jar that contains the class to the step's jars or packages."));
    }

    @Test
    void namesAClassOnceThatIsMissingAtLinkTime() {
        assertThat(SampleLog.cause("no-class-definition.log"))
                .contains(new Cause(
                        "java.lang.ClassNotFoundException: com.kennycason.kumo.WordCloud",
                        5,
                        7,
                        "Add the jar that contains the class to the step's jars or packages."));
    }

    @Test
    void namesAMissingMainClass() {
        assertThat(SampleLog.cause("main-class-missing.log"))
                .contains(new Cause(
                        "Failed to load class com.example.titles.CountWord.",
                        1,
                        1,
                        "Check the step's main_class, and that the jar in script_uri is built and contains it."));
    }

    @Test
    void namesAMissingPath() {
        assertThat(SampleLog.cause("missing-path.log"))
                .contains(new Cause(
                        "org.apache.spark.sql.AnalysisException: [PATH_NOT_FOUND] Path does not exist: file:/home/ada/titles/titles.parquet.",
                        17,
                        26,
                        "Check the path of the input, and that the upstream step wrote to it."));
    }

    @Test
    void keepsTheSuggestionForAMissingColumnAndDropsTheQueryPlan() {
        assertThat(SampleLog.cause("missing-column.log"))
                .contains(new Cause(
                        "org.apache.spark.sql.AnalysisException: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `titel` cannot be resolved. Did you mean one of the following? [`title`].",
                        17,
                        30,
                        "Compare the name with the actual columns of the input."));
    }

    @Test
    void joinsAMessageOnTheLineBelowItsClass() {
        assertThat(SampleLog.cause("sql-syntax.log"))
                .contains(new Cause(
                        "org.apache.spark.sql.catalyst.parser.ParseException: [PARSE_SYNTAX_ERROR] Syntax error at or near 'selec'.(line 1, pos 0)",
                        17,
                        32,
                        ""));
    }

    @Test
    void namesAnExistingOutput() {
        assertThat(SampleLog.cause("output-exists.log"))
                .contains(new Cause(
                        "org.apache.spark.sql.AnalysisException: [PATH_ALREADY_EXISTS] Path file:/home/ada/titles/words.parquet already exists. Set mode as \"overwrite\" to overwrite the existing path.",
                        69,
                        78,
                        "Change the step's output, or set \"overwrite\": true in it."));
    }

    @Test
    void namesThePathOfAnS3AccessDenied() {
        assertThat(SampleLog.cause("s3a-denied.log"))
                .contains(
                        new Cause(
                                "java.nio.file.AccessDeniedException: s3a://ada-private/titles: getFileStatus on s3a://ada-private/titles: com.amazonaws.services.s3.model.AmazonS3Exception: Forbidden (Service: Amazon S3; Status Code: 403; Error Code: 403 Forbidden; Request ID: BBB2)",
                                5,
                                10,
                                "Grant s3:ListBucket on the bucket ada-private and s3:GetObject (for writes also s3:PutObject and s3:DeleteObject) on ada-private/titles to the cluster's node role (locally: your AWS credentials)."));
    }

    @Test
    void namesErrorAndPathOfAnEmrfsAccessDenied() {
        assertThat(SampleLog.cause("s3-denied-emrfs.log"))
                .contains(
                        new Cause(
                                """
                com.amazon.ws.emr.hadoop.fs.shaded.com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 7QJ2C6YB5T4W1X9Z; Proxy: null)
                which led to java.io.IOException: Cannot list s3://ada-private/titles/""",
                                3,
                                9,
                                "Grant s3:ListBucket on the bucket ada-private and s3:GetObject (for writes also s3:PutObject and s3:DeleteObject) on ada-private/titles/* to the cluster's node role (locally: your AWS credentials)."));
    }

    @Test
    void namesAMissingFileSystem() {
        assertThat(SampleLog.cause("s3a-without-hadoop-aws.log"))
                .contains(new Cause(
                        "java.lang.ClassNotFoundException: Class org.apache.hadoop.fs.s3a.S3AFileSystem not found",
                        42,
                        45,
                        "Reading s3a:// needs hadoop-aws: add org.apache.hadoop:hadoop-aws to the step's packages."));
    }

    @Test
    void aFullDiskWinsOverTheErrorsItCauses() {
        assertThat(SampleLog.cause("no-space.log"))
                .contains(
                        new Cause(
                                "java.io.IOException: No space left on device",
                                2,
                                4,
                                "Free disk space on the node, attach a larger volume, or use more partitions to spill less at once."));
    }

    @Test
    void aLoggedErrorWithoutATraceIsTheCauseIfThereIsNoOther() {
        assertThat(SampleLog.cause("error-sentence.log"))
                .contains(new Cause("The stop words hold no language 'zh'.", 2, 2, ""));
    }

    @Test
    void aLineStartingWithErrorIsAFinalMessage() {
        assertThat(SampleLog.cause("job-error-line.log"))
                .contains(new Cause("--output is missing. Say where the words go.", 1, 1, ""));
    }

    @Test
    void namesTheOptionThatTheJvmRejects() {
        assertThat(SampleLog.find("""
                reading titles
                Unrecognized VM option 'MaxHeapSise=2g'
                Error: Could not create the Java Virtual Machine.
                Error: A fatal exception has occurred. Program will exit.
                """.lines()))
                .contains(new Cause("Unrecognized VM option 'MaxHeapSise=2g'", 2, 2, JVM_OPTION));
        assertThat(SampleLog.find("""
                Unrecognized option: -Xmx2g,-Xms1g
                Error: Could not create the Java Virtual Machine.
                Error: A fatal exception has occurred. Program will exit.
                """.lines()))
                .contains(new Cause("Unrecognized option: -Xmx2g,-Xms1g", 1, 1, JVM_OPTION));
        assertThat(SampleLog.find("""
                Error occurred during initialization of VM
                Initial heap size set to a larger value than the maximum heap size
                """.lines()))
                .contains(new Cause(
                        "Error occurred during initialization of VM: Initial heap size set to a larger value than the maximum heap size",
                        1,
                        1,
                        JVM_OPTION));
    }

    @Test
    void namesAnUnrecognizedSparkSubmitOption() {
        assertThat(SampleLog.cause("spark-submit-option.log"))
                .contains(new Cause(
                        "Unrecognized option: --frobnicate",
                        1,
                        1,
                        "spark-submit rejected its command line: check the step's script_uri and settings."));
    }
}
