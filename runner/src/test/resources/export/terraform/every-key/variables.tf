variable "name" {
  description = "The name of the deployment, a prefix of the names of its resources."
  type        = string
  default     = "books"

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9-]{0,49}$", var.name))
    error_message = "Use letters, digits and hyphens, at most 50."
  }
}

variable "bucket" {
  description = "The bucket with the uploaded files, for outputs and logs."
  type        = string
  default     = "my-company-data"
}

variable "vpc_id" {
  description = "The VPC of the subnets."
  type        = string
}

variable "subnet_ids" {
  description = "The subnets of the cluster; EMR chooses one of them."
  type        = list(string)
  default     = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]

  validation {
    condition     = length(var.subnet_ids) > 0
    error_message = "Name at least one subnet."
  }
}

variable "run_id" {
  description = "The ID of the run, the name of the folder of its outputs."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_.-]*$", var.run_id))
    error_message = "Use letters, digits, underscores, dots and hyphens."
  }
}
