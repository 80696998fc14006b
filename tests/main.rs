mod desk;
mod exports;
mod frames;
mod layers;
mod screens;
mod sessions;
