package org.emrelay.runner.platform.emr.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.fakeaws.iam.PolicyEvaluator;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.platform.aws.iam.BucketAccess;
import org.junit.jupiter.api.Test;

/** The policies of the nodes allow the calls that S3A makes, and no object outside the workspace. */
final class S3aAccessTest {
    private static final String BUCKET = "arn:aws:s3:::company";

    private final List<String> denied = new ArrayList<>();
    private PolicyEvaluator policies = new PolicyEvaluator(List.of());

    private void workspace(String prefix, String... morePolicies) {
        String keys = "\"bucket\": \"company\"" + (prefix.isEmpty() ? "" : ", \"prefix\": \"" + prefix + "\"");
        List<String> documents = new ArrayList<>(List.of(morePolicies));
        documents.add(JsonWriter.line(
                new ClusterResources(SampleClusters.small(keys), "demo", SampleClusters.SCOPE, DefaultKeys.NONE)
                        .nodeRole()
                        .orElseThrow()
                        .inlinePolicy()));
        policies = new PolicyEvaluator(documents);
    }

    private void call(String action, String resource, Map<String, String> context) {
        if (!policies.allows(action, resource, context)) {
            denied.add(action + " " + resource + (context.isEmpty() ? "" : " " + context));
        }
    }

    private void object(String action, String key) {
        call(action, BUCKET + "/" + key, Map.of());
    }

    /** HEAD of a key without object: 404 if the caller may list the bucket, else 403. There is no prefix parameter. */
    private void headMissing(String key) {
        object("s3:GetObject", key);
        call("s3:ListBucket", BUCKET, Map.of());
    }

    private void list(String prefix) {
        call("s3:ListBucket", BUCKET, Map.of("s3:prefix", prefix, "s3:delimiter", "/", "s3:max-keys", "2"));
    }

    /** S3A's getFileStatus of a directory: HEAD of the key, then LIST below it. */
    private void statusOfDirectory(String key) {
        headMissing(key);
        list(key + "/");
    }

    private void read(String directory) {
        statusOfDirectory(directory);
        list(directory + "/");
        object("s3:GetObject", directory + "/part-0");
    }

    private void write(String directory) {
        statusOfDirectory(directory);
        statusOfDirectory(directory + "/_temporary/0");
        object("s3:PutObject", directory + "/_temporary/0/");
        object("s3:PutObject", directory + "/part-0");
        call("s3:ListBucketMultipartUploads", BUCKET, Map.of("s3:prefix", directory + "/"));
        object("s3:ListMultipartUploadParts", directory + "/part-0");
        object("s3:AbortMultipartUpload", directory + "/part-0");
        object("s3:DeleteObject", directory + "/_temporary/0/");
        object("s3:PutObject", directory + "/_SUCCESS");
    }

    @Test
    void allowsReadingAndWritingBelowThePrefix() {
        workspace("teams/books");

        read("teams/books/input/titles");
        write("teams/books/output/clouds");
        statusOfDirectory("teams/books");

        assertThat(denied).isEmpty();
    }

    @Test
    void allowsReadingAndWritingWithoutAPrefix() {
        workspace("");

        read("input/titles");
        write("output/clouds");

        assertThat(denied).isEmpty();
    }

    @Test
    void deniesObjectsOutsideThePrefix() {
        workspace("teams/books");

        object("s3:GetObject", "teams/books-of-others/part-0");
        object("s3:PutObject", "teams/part-0");
        object("s3:DeleteObject", "other");

        assertThat(denied).hasSize(3);
    }

    /** A poisoned script or bootstrap action would run in the next cluster, a changed run on the operator's machine. */
    @Test
    void deniesChangingWhatOthersTrust() {
        workspace("teams/books");

        for (String trusted : List.of(
                "scripts/0a1b/job.py",
                "input/0a1b/titles.csv",
                "steps/x",
                "bootstrap-emr/0a1b/b.sh",
                "runs/r/run.json")) {
            object("s3:PutObject", "teams/books/" + trusted);
            object("s3:DeleteObject", "teams/books/" + trusted);
        }
        object("s3:GetObject", "teams/books/runs/r/run.json");
        object("s3:GetObject", "teams/books/cluster-fleet/x");
        object("s3:GetObject", "teams/books/logs/j-1/steps/s-1/stderr.gz");
        object("s3:DeleteObject", "teams/books/logs/j-1/steps/s-1/stderr.gz");
        assertThat(denied).hasSize(14);

        denied.clear();
        object("s3:PutObject", "teams/books/logs/j-1/steps/s-1/stderr.gz");
        write("teams/books/logs/spark/application_1");
        assertThat(denied).isEmpty();
    }

    /** A policy of the cluster file may allow more. */
    @Test
    void policiesOfTheClusterFileDoNotOpenTheOperatorsFiles() {
        workspace(
                "",
                "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"s3:*\"],"
                        + " \"Resource\": [\"*\"]}]}");

        object("s3:PutObject", "runs/r/run.json");
        object("s3:GetObject", "cluster-fleet/x");
        assertThat(denied).hasSize(2);
    }

    @Test
    void allowsReadingAndWritingInBucketsThatStepsName() {
        policies = new PolicyEvaluator(
                List.of(JsonWriter.line(new BucketAccess("company", "", true).policy("aws", Optional.empty()))));

        read("titles");
        write("results");

        assertThat(denied).isEmpty();
    }

    /** Their scripts get the bare name of the bucket and build their paths themselves. */
    @Test
    void stepsInTheLegacyFormMayWriteAnywhereButInTheOperatorsFiles() {
        workspace(
                "teams/books",
                JsonWriter.line(new BucketAccess("company", "teams/books", true).policy("aws", Optional.empty())));

        write("teams/books/results/clouds");
        read("teams/books/anything");
        assertThat(denied).isEmpty();

        object("s3:PutObject", "teams/books/runs/r/run.json");
        object("s3:PutObject", "teams/x");
        assertThat(denied).hasSize(2);
    }

    @Test
    void allowsOnlyReadingInBucketsThatStepsRead() {
        policies = new PolicyEvaluator(
                List.of(JsonWriter.line(new BucketAccess("company", "", false).policy("aws", Optional.empty()))));

        read("titles");
        assertThat(denied).isEmpty();
        object("s3:PutObject", "titles/part-0");
        assertThat(denied).hasSize(1);
    }
}
