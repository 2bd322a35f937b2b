package org.emrelay.runner.platform.aws.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.emrelay.runner.fakeaws.iam.PolicyValidator;
import org.emrelay.runner.fakeaws.iam.S3aCalls;
import org.emrelay.runner.json.JsonWriter;
import org.junit.jupiter.api.Test;

/** The policy that gives steps access allows the calls that S3A and EMRFS make, and no other object. */
final class StepAccessPolicyTest {
    private static StepAccessPolicy policy(BucketAccess... accesses) {
        return StepAccessPolicy.NONE.plus(List.of(accesses));
    }

    private static String document(StepAccessPolicy policy) {
        String document = JsonWriter.line(policy.document("aws"));
        PolicyValidator.statements(document);
        return document;
    }

    private static S3aCalls calls(BucketAccess... accesses) {
        return new S3aCalls("company", List.of(document(policy(accesses))));
    }

    @Test
    void allowsReadingAFolderAndNothingElse() {
        S3aCalls calls = calls(BucketAccess.read("company", "books/titles"));

        calls.read("books/titles");
        calls.object("s3:GetObject", "books/titles");
        assertThat(calls.denied()).isEmpty();

        calls.object("s3:PutObject", "books/titles/part-0");
        calls.object("s3:DeleteObject", "books/titles/part-0");
        calls.object("s3:GetObject", "books/titles-of-others");
        calls.object("s3:GetObject", "books/authors");
        assertThat(calls.denied()).hasSize(4);
    }

    @Test
    void allowsWritingAFolderThatDoesNotExist() {
        S3aCalls calls = calls(BucketAccess.write("company", "results/2026/clouds"));

        calls.write("results/2026/clouds", "");
        calls.writeWithEmrfs("results/2026/clouds", "");
        calls.read("results/2026/clouds");
        calls.delete("results/2026/clouds");
        assertThat(calls.denied()).isEmpty();

        calls.object("s3:PutObject", "results/2026/other");
        calls.object("s3:GetObject", "results/2026/other");
        calls.object("s3:PutObject", "results/2026");
        assertThat(calls.denied()).hasSize(3);
    }

    @Test
    void allowsAllOfABucket() {
        S3aCalls calls = calls(BucketAccess.write("company", ""));

        calls.writeWithEmrfs("clouds", "");
        calls.delete("clouds");
        calls.read("anything/else");
        assertThat(calls.denied()).isEmpty();
    }

    /** IAM would take them for wildcards and variables. It takes no characters beyond Latin-1. */
    @Test
    void escapesTheCharactersThatIamGivesAMeaning() {
        S3aCalls calls = calls(
                BucketAccess.write("company", "a*b"),
                BucketAccess.write("company", "c?d"),
                BucketAccess.write("company", "${e}"),
                BucketAccess.write("company", "für 日本"));

        for (String key : List.of("a*b", "c?d", "${e}", "für 日本")) {
            calls.write(key, "");
        }
        assertThat(calls.denied()).isEmpty();

        calls.object("s3:PutObject", "axb");
        calls.object("s3:PutObject", "cxd");
        assertThat(calls.denied()).hasSize(2);
    }

    @Test
    void leavesOutWhatAnotherLocationCovers() {
        StepAccessPolicy policy = policy(
                BucketAccess.read("company", "books/titles/2026"),
                BucketAccess.read("company", "books/titles"),
                BucketAccess.read("company", "books/titles.csv"),
                BucketAccess.read("results", "clouds/old"),
                BucketAccess.write("results", "clouds"));

        assertThat(policy.readable()).containsExactly("company/books/titles", "company/books/titles.csv");
        assertThat(policy.writable()).containsExactly("results/clouds");
        assertThat(policy.covers(BucketAccess.read("results", "clouds/new"))).isTrue();
        assertThat(policy.covers(BucketAccess.write("company", "books/titles"))).isFalse();
        assertThat(policy.covers(BucketAccess.read("company", "books"))).isFalse();
    }

    @Test
    void readsWhatItWrote() throws Exception {
        StepAccessPolicy policy = policy(
                BucketAccess.read("company", ""),
                BucketAccess.read("books", "a*b/c"),
                BucketAccess.write("results", "2026/clouds"),
                BucketAccess.write("results", "für 日本/x"));

        assertThat(StepAccessPolicy.parse(document(policy))).isEqualTo(policy);
    }

    @Test
    void widensReadingBeforeWriting() {
        StepAccessPolicy policy = policy(BucketAccess.read("books", "titles"), BucketAccess.write("results", "clouds"));

        StepAccessPolicy wider = policy.wider().orElseThrow();
        assertThat(wider).isEqualTo(policy(BucketAccess.read("books", ""), BucketAccess.write("results", "clouds")));
        StepAccessPolicy widest = wider.wider().orElseThrow();
        assertThat(widest).isEqualTo(policy(BucketAccess.read("books", ""), BucketAccess.write("results", "")));
        assertThat(widest.wider()).isEmpty();
        assertThat(widest.wholeBuckets()).isEqualTo("s3://books, s3://results");
    }
}
