package org.emrelay.runner.platform.emr.spec;

import static org.emrelay.runner.platform.aws.iam.PolicyDocument.allow;
import static org.emrelay.runner.platform.aws.iam.PolicyDocument.deny;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.BootstrapAction;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.platform.aws.iam.KmsKeyPolicy;
import org.emrelay.runner.platform.aws.iam.PolicyDocument;
import org.emrelay.runner.platform.aws.resource.AwsScope;

/**
 * The policy of the node role, and so of every step. It allows reading the workspace, writing outputs and logs, and
 * reading bootstrap scripts.
 */
record NodeRolePolicy(Cluster cluster, AwsScope scope, String bucket, DefaultKeys defaultKeys) {
    private static final String S3 = "s3://";

    Map<String, Object> document() {
        Cluster.Storage storage = cluster.storage();
        String prefix = storage.prefix().isEmpty() ? "" : storage.prefix() + "/";
        List<Map<String, Object>> statements = new ArrayList<>();
        List<String> bucketArn = List.of(scope.bucketArn(bucket));
        statements.add(
                allow("AboutTheBucket", List.of("s3:GetBucketLocation", "s3:ListBucketMultipartUploads"), bucketArn));
        // Not restricted to the prefix: S3A asks HEAD first, which has none, and without s3:ListBucket a missing key is
        // 403 instead of 404. A condition that lets an absent prefix pass would allow listing the whole bucket too.
        statements.add(allow("ListTheWorkspace", List.of("s3:ListBucket"), bucketArn));
        addFolders(prefix, statements);
        addLogs(statements);
        addScripts(statements);
        KmsKeyPolicy.forNodes("DiskKey", defaultKeys.volumeKey(cluster), statements);
        KmsKeyPolicy.forNodes("LogKey", storage.logEncryptionKey(), statements);
        statements.addAll(DefaultKeys.statements(defaultKeys.buckets()));
        return PolicyDocument.of(statements);
    }

    /**
     * Steps read their code and inputs and write only outputs and logs. They must not change what later steps, other clusters or
     * the operator's machine trust.
     */
    private void addFolders(String prefix, List<Map<String, Object>> statements) {
        // S3A asks HEAD for each parent directory of an output, up to one that exists.
        List<String> readable = new ArrayList<>();
        if (!prefix.isEmpty()) {
            readable.add(object(cluster.storage().prefix()));
        }
        for (String folder : List.of("scripts", "input", "steps", "bootstrap-emr", "output", "logs/spark")) {
            readable.add(object(prefix + folder));
            readable.add(object(prefix + folder + "/*"));
        }
        readable.add(object(prefix + "logs"));
        // EMRFS, up to release 7.9, marks folders that do not exist yet.
        List<String> markers = List.of(object(prefix + "output_$folder$"), object(prefix + "logs/spark_$folder$"));
        readable.addAll(markers);
        statements.add(allow("ReadTheWorkspace", List.of("s3:GetObject"), readable));
        List<String> writable = new ArrayList<>(List.of(object(prefix + "output/*"), object(prefix + "logs/spark/*")));
        writable.addAll(markers);
        statements.add(allow(
                "WriteOutputsAndEventLogs",
                List.of("s3:AbortMultipartUpload", "s3:DeleteObject", "s3:ListMultipartUploadParts", "s3:PutObject"),
                writable));
        statements.add(allow("WriteTheLogs", List.of("s3:PutObject"), List.of(object(prefix + "logs/*"))));
        // Also against policies that the cluster file adds.
        statements.add(deny(
                "ProtectTheOperator",
                List.of("s3:*"),
                List.of(object(prefix + "runs/*"), object(prefix + "cluster-fleet/*"))));
    }

    private String object(String key) {
        return scope.bucketArn(bucket + "/" + key);
    }

    private void addLogs(List<Map<String, Object>> statements) {
        String logs = cluster.storage().logUri();
        if (logs != null) {
            String path = logs.substring(S3.length());
            statements.add(allow(
                    "WriteLogs",
                    List.of("s3:PutObject"),
                    List.of(scope.bucketArn(path + (path.endsWith("/") ? "*" : "/*")))));
        }
    }

    private void addScripts(List<Map<String, Object>> statements) {
        List<String> scripts = new ArrayList<>();
        for (BootstrapAction action : cluster.software().bootstrapActions()) {
            if (action.script() instanceof FileRef.Remote remote && remote.uri().startsWith(S3)) {
                scripts.add(scope.bucketArn(remote.uri().substring(S3.length())));
            }
        }
        if (!scripts.isEmpty()) {
            statements.add(allow("FetchBootstrapActions", List.of("s3:GetObject"), scripts));
        }
    }
}
