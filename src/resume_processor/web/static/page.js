import { startJobs } from "./jobs.js";
import { startResumes } from "./resumes.js";

startResumes();
startJobs();
