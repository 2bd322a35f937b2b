package org.emrelay.runner.platform.aws.iam;

import static org.emrelay.runner.platform.aws.iam.PolicyDocument.allow;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.aws.resource.AwsScope;

/** What the nodes may do with a bucket that is not the workspace's, because a step reads from it or writes to it. */
public final class BucketPolicy {
    private static final List<String> READ = List.of("s3:GetObject");
    private static final List<String> WRITE = List.of(
            "s3:AbortMultipartUpload",
            "s3:DeleteObject",
            "s3:GetObject",
            "s3:ListMultipartUploadParts",
            "s3:PutObject");

    private BucketPolicy() {}

    /** The policy's name within the role. */
    public static String name(String bucket, boolean written) {
        return (written ? "write-" : "read-") + bucket;
    }

    public static Map<String, Object> of(String partition, String bucket, boolean written) {
        AwsScope site = new AwsScope(partition, "", "", "");
        return PolicyDocument.of(List.of(
                allow(
                        "FindTheObjects",
                        List.of("s3:GetBucketLocation", "s3:ListBucket"),
                        List.of(site.bucketArn(bucket))),
                allow("UseTheObjects", written ? WRITE : READ, List.of(site.bucketArn(bucket + "/*")))));
    }
}
