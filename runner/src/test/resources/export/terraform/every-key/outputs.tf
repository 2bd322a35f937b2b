output "cluster_id" {
  description = "The ID of the cluster."
  value       = aws_emr_cluster.this.id
}

output "output_uris" {
  description = "Where the steps write, by the names of the steps."
  value = {
    first  = "s3://${var.bucket}/team/pipelines/output/books/${var.run_id}/first"
    second = "s3://${var.bucket}/team/pipelines/output/books/${var.run_id}/second"
  }
}
