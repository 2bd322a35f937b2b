package org.emrelay.runner.platform.aws.iam;

import static org.emrelay.runner.platform.aws.iam.PolicyDocument.allow;

import java.util.List;
import java.util.Map;
import org.emrelay.runner.platform.aws.resource.AwsScope;

/** The inline policy that lets the nodes read or write a bucket outside the workspace. */
public final class BucketPolicy {
    private static final List<String> READ = List.of("s3:GetObject");
    private static final List<String> WRITE = List.of(
            "s3:AbortMultipartUpload",
            "s3:DeleteObject",
            "s3:GetObject",
            "s3:ListMultipartUploadParts",
            "s3:PutObject");

    private BucketPolicy() {}

    /** The name of the inline policy in the role. */
    public static String name(String bucket, boolean writes) {
        return (writes ? "write-" : "read-") + bucket;
    }

    public static Map<String, Object> of(String partition, String bucket, boolean writes) {
        AwsScope scope = new AwsScope(partition, "", "", "");
        return PolicyDocument.of(List.of(
                allow(
                        "FindTheObjects",
                        List.of("s3:GetBucketLocation", "s3:ListBucket"),
                        List.of(scope.bucketArn(bucket))),
                allow("UseTheObjects", writes ? WRITE : READ, List.of(scope.bucketArn(bucket + "/*")))));
    }
}
