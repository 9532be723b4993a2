import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy of the service knows no data: or inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
