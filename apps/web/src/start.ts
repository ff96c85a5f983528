// Both addresses are answered with the one page (the front end's every other address below /app/ is).
void (location.pathname.endsWith('/device.html') ? import('./device.js') : import('./main.js'));
