package org.emrelay.runner.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The hints for AccessDenied errors, with as much detail as the log contains. */
final class AccessDeniedHintTest {

    private static Cause cause(String log) {
        return SampleLog.find(log.lines()).orElseThrow();
    }

    @Test
    void quotesTheActionAndResourceOfTheMessage() {
        Cause cause = cause("""
                26/11/21 03:45:12 ERROR ApplicationMaster: User class threw exception:\s
                software.amazon.awssdk.services.s3.model.S3Exception: User: arn:aws:sts::123456789012:assumed-role/demo-nodes/i-0a1b2c3d is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::ada-private/titles/part-0.parquet" because no identity-based policy allows the s3:GetObject action (Service: S3, Status Code: 403, Request ID: 7QJ2C6YB)
                \tat software.amazon.awssdk.services.s3.DefaultS3Client.getObject(DefaultS3Client.java:5200)
                26/11/21 03:45:13 INFO ShutdownHookManager: Shutdown hook called
                """);

        assertThat(cause.message())
                .startsWith("software.amazon.awssdk.services.s3.model.S3Exception: User: arn:aws:sts::123456789012:");
        assertThat(cause.hint())
                .isEqualTo(
                        "Grant s3:GetObject on arn:aws:s3:::ada-private/titles/part-0.parquet to the cluster's node role"
                                + " (locally: your AWS credentials).");
    }

    @Test
    void namesAKmsKey() {
        assertThat(cause("""
                Exception in thread "main" java.io.IOException: User: arn:aws:sts::1:assumed-role/n/i-1 is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:1:key/ab because no policy allows it
                \tat com.example.Main.main(Main.java:7)
                """).hint())
                .isEqualTo("Grant kms:Decrypt on arn:aws:kms:us-east-1:1:key/ab to the cluster's node role"
                        + " (locally: your AWS credentials).");
    }

    @Test
    void namesTheLastS3UriIfTheMessageHasNone() {
        Cause cause = cause("""
                26/11/21 03:45:09 INFO S3NativeFileSystem: Opening 's3://ada-private/titles/books.csv' for reading
                26/11/21 03:45:10 ERROR ApplicationMaster: User class threw exception:\s
                com.amazon.ws.emr.hadoop.fs.shaded.com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 7QJ2; Proxy: null)
                \tat com.amazon.ws.emr.hadoop.fs.s3.lite.call.GetObjectCall.perform(GetObjectCall.java:22)
                26/11/21 03:45:11 INFO S3NativeFileSystem: Opening 's3://elsewhere/after' for reading
                """);

        assertThat(cause.firstLine()).isEqualTo(3);
        assertThat(cause.hint())
                .isEqualTo(
                        "Grant read or write access to the bucket and key to the cluster's node role (locally: your AWS credentials)."
                                + " Last S3 URI in the log before the error: s3://ada-private/titles/books.csv.");
    }

    @Test
    void mapsTheOperationOfABotoErrorToItsIamAction() {
        assertThat(cause("""
                Reading s3://ada-private/titles/
                Traceback (most recent call last):
                  File "/mnt/tmp/spark-1/count_words.py", line 12, in <module>
                    pages = client.list_objects_v2(Bucket=bucket, Prefix=key)
                botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied
                """))
                .isEqualTo(new Cause(
                        "botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied",
                        2,
                        5,
                        "Grant s3:ListBucket on the bucket to the cluster's node role (locally: your AWS credentials)."
                                + " Last S3 URI in the log before the error: s3://ada-private/titles/."));
    }

    @Test
    void namesAWholeBucketWithAWildcard() {
        assertThat(cause("""
                Exception in thread "main" java.nio.file.AccessDeniedException: s3a://ada-private: getBucketLocation: com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Status Code: 403)
                \tat com.example.Main.main(Main.java:7)
                """).hint())
                .isEqualTo(
                        "Grant s3:ListBucket on the bucket ada-private and s3:GetObject (for writes also s3:PutObject and"
                                + " s3:DeleteObject) on ada-private/* to the cluster's node role (locally: your AWS credentials).");
    }

    /** On EMR, a step may write only to its output and its {@code writes}. */
    @Test
    void namesTheKeyWritesIfAWriteWasDenied() {
        assertThat(cause("""
                Exception in thread "main" java.nio.file.AccessDeniedException: s3://results/clouds/_temporary/0: PUT 0-byte object  on clouds/_temporary/0: com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 7QJ2)
                \tat com.example.Main.main(Main.java:7)
                """).hint())
                .isEqualTo(
                        "Add s3://results/clouds to the step's writes, or grant s3:ListBucket on the bucket results and"
                                + " s3:GetObject, s3:PutObject and s3:DeleteObject on results/clouds/_temporary/0 to the cluster's"
                                + " node role (locally: your AWS credentials).");
        assertThat(cause("""
                Exception in thread "main" software.amazon.awssdk.services.s3.model.S3Exception: User: arn:aws:sts::1:assumed-role/n/i-1 is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::results/daily/notes.json" because no identity-based policy allows the s3:PutObject action (Service: S3, Status Code: 403)
                \tat com.example.Main.main(Main.java:7)
                """).hint())
                .isEqualTo(
                        "Add s3://results/daily to the step's writes, or grant s3:PutObject on"
                                + " arn:aws:s3:::results/daily/notes.json to the cluster's node role (locally: your AWS credentials).");
        assertThat(cause("""
                Exception in thread "main" java.nio.file.AccessDeniedException: clouds/_temporary/0: PUT 0-byte object  on clouds/_temporary/0: com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 7QJ2)
                \tat com.example.Main.main(Main.java:7)
                """).hint())
                .isEqualTo(
                        "Add the location to the step's writes, or grant s3:GetObject, s3:PutObject and s3:DeleteObject on"
                                + " it to the cluster's node role (locally: your AWS credentials).");
        assertThat(cause("""
                Traceback (most recent call last):
                  File "/mnt/tmp/spark-1/count_words.py", line 12, in <module>
                    client.put_object(Bucket=bucket, Key=key)
                botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the PutObject operation: Access Denied
                """).hint())
                .isEqualTo(
                        "Add the location to the step's writes, or grant s3:PutObject on the bucket to the cluster's node"
                                + " role (locally: your AWS credentials).");
    }
}
