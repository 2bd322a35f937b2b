package org.emrelay.runner.platform.emr.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.fakeaws.iam.S3aCalls;
import org.emrelay.runner.json.JsonWriter;
import org.junit.jupiter.api.Test;

/** The policy of the nodes allows the calls that S3A makes in the workspace, and no object outside. */
final class S3aAccessTest {
    private S3aCalls calls = new S3aCalls("company", List.of());

    private void workspace(String prefix, String... morePolicies) {
        String keys = "\"bucket\": \"company\"" + (prefix.isEmpty() ? "" : ", \"prefix\": \"" + prefix + "\"");
        List<String> documents = new ArrayList<>(List.of(morePolicies));
        documents.add(JsonWriter.line(
                new ClusterResources(SampleClusters.small(keys), "demo", SampleClusters.SCOPE, DefaultKeys.NONE)
                        .nodeRole()
                        .orElseThrow()
                        .inlinePolicy()));
        calls = new S3aCalls("company", documents);
    }

    @Test
    void allowsReadingAndWritingBelowThePrefix() {
        workspace("teams/books");

        calls.read("teams/books/input/titles");
        calls.writeWithEmrfs("teams/books/output/clouds", "teams/books");
        calls.delete("teams/books/output/clouds");

        assertThat(calls.denied()).isEmpty();
    }

    @Test
    void allowsReadingAndWritingWithoutAPrefix() {
        workspace("");

        calls.read("input/titles");
        calls.writeWithEmrfs("output/clouds", "");

        assertThat(calls.denied()).isEmpty();
    }

    @Test
    void deniesObjectsOutsideThePrefix() {
        workspace("teams/books");

        calls.object("s3:GetObject", "teams/books-of-others/part-0");
        calls.object("s3:PutObject", "teams/part-0");
        calls.object("s3:DeleteObject", "other");

        assertThat(calls.denied()).hasSize(3);
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
            calls.object("s3:PutObject", "teams/books/" + trusted);
            calls.object("s3:DeleteObject", "teams/books/" + trusted);
        }
        calls.object("s3:GetObject", "teams/books/runs/r/run.json");
        calls.object("s3:GetObject", "teams/books/cluster-fleet/x");
        calls.object("s3:GetObject", "teams/books/logs/j-1/steps/s-1/stderr.gz");
        calls.object("s3:DeleteObject", "teams/books/logs/j-1/steps/s-1/stderr.gz");
        assertThat(calls.denied()).hasSize(14);

        calls.object("s3:PutObject", "teams/books/logs/j-1/steps/s-1/stderr.gz");
        calls.writeWithEmrfs("teams/books/logs/spark/application_1", "teams/books/logs");
        assertThat(calls.denied()).isEmpty();
    }

    /** A policy of the cluster file may allow more. */
    @Test
    void policiesOfTheClusterFileDoNotOpenTheOperatorsFiles() {
        workspace(
                "",
                "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": [\"s3:*\"],"
                        + " \"Resource\": [\"*\"]}]}");

        calls.object("s3:PutObject", "runs/r/run.json");
        calls.object("s3:GetObject", "cluster-fleet/x");
        assertThat(calls.denied()).hasSize(2);
    }
}
